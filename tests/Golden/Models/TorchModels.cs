using Hone.Models;
using Hone.Models.Graph;
using Hone.Torch;

namespace Hone.Golden.Models;

/// <summary>Golden models on the torch backend.</summary>
internal static class TorchModels
{
    // Tests run side by side and the models are tiny: more threads inside each operation would only wait for each other.
    static TorchModels()
    {
        NativeLibraries.Load();
        TorchSharp.torch.set_num_threads(1);
    }

    public static TorchRunner Runner(ModelSource source, Precision precision = Precision.F32) =>
        new(source, new TorchRunnerOptions { Precision = precision, BlockCount = 512, SlotCount = 4 });
}
