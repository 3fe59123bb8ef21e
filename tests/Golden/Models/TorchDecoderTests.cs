using Hone.Models;

namespace Hone.Golden.Models;

public class TorchDecoderTests : DecoderTests
{
    internal override IModelRunner Runner(ModelSource source) => TorchModels.Runner(source);
}
