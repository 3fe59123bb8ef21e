using Hone.Models;
using Hone.Models.Graph;
using Hone.Torch;

namespace Hone.Golden.Models;

/// <summary>Golden models on the torch backend.</summary>
internal static class TorchModels
{
    public static TorchRunner Runner(ModelSource source, Precision precision = Precision.F32) =>
        new(source, new TorchRunnerOptions { Precision = precision, BlockCount = 512, SlotCount = 4 });
}
