using Hone.Models;
using Hone.Models.Graph;
using Hone.Torch;

namespace Hone.Golden.Models;

/// <summary>Golden models on the torch backend.</summary>
internal static class TorchModels
{
    // Tests run side by side and the models are tiny: more threads inside each operation would only wait for each other.
    private static readonly Lazy<bool> Loaded = new(() =>
    {
        NativeLibraries.Load();
        TorchSharp.torch.set_num_threads(1);
        return true;
    });

    /// <summary>Loads libtorch; a build that left it out skips the test, by name.</summary>
    public static void Require()
    {
        if (!NativeLibraries.IsInBuild)
            Assert.Skip("This build has no libtorch (-p:HoneTorch=none).");
        Assert.True(Loaded.Value);
    }

    public static TorchRunner Runner(ModelSource source, Precision precision = Precision.F32) =>
        Runner(source.Graph, weight => StoredValues.Of(source.Tensor(weight)), source.WeightsHash, precision);

    public static TorchRunner Runner(ModelGraph graph, Func<Weight, StoredValues> read, string weightsHash, Precision precision = Precision.F32)
    {
        Require();
        return new TorchRunner(graph, read, weightsHash, new TorchRunnerOptions { Precision = precision, BlockCount = 512, SlotCount = 4 });
    }
}
