using System.Runtime.InteropServices;
using Hone.Models;
using Hone.TestKit;
using Hone.Torch;
using static TorchSharp.torch;

namespace Hone.Golden.Models;

/// <summary>Gradients of the loss of text 0 for every stored parameter, under the stored names and shapes.</summary>
public class GradientTests
{
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.WithGradients), MemberType = typeof(Goldens))]
    public void OfEveryParameter(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        using var source = golden.Source();
        using var expected = new GoldenTensors(golden.File("golden_grads.safetensors"));
        TorchModels.Require();
        using var model = new TrainableModel(source, Precision.F32);
        using var scope = NewDisposeScope();
        var batch = new Batch();
        int[] targets;
        if (golden.Kind == ModelKind.EncoderDecoder)
        {
            Add(batch, golden.Tensors.Ids("decoder_input_ids_0"), golden.Tensors.Ids("input_ids_0"));
            targets = golden.Tensors.Ids("labels_0");
        }
        else
        {
            var ids = golden.Tensors.Ids("input_ids_0");
            Add(batch, ids, []);
            targets = [.. ids[1..], TrainableModel.NoTarget];
        }
        var loss = model.Loss(batch, targets);
        Assert.Equal(golden.Json.GetProperty("loss")[0].GetDouble(), loss.to_type(ScalarType.Float64).item<double>(), golden.Tolerance("loss"));
        loss.backward();

        Assert.Equal(expected.Names.Order(), model.Stored.Keys.Order());
        foreach (var (name, parameter) in model.Stored)
        {
            Assert.Equal(expected.Shape(name), parameter.shape.Select(size => (int)size));
            var gradient = parameter.grad!.to_type(ScalarType.Float32).contiguous();
            Near.Equal(expected.Floats(name), MemoryMarshal.Cast<byte, float>(gradient.bytes), golden.Tolerance("gradients_abs"), name);
        }
    }

    private static void Add(Batch batch, int[] ids, int[] source)
    {
        var first = batch.Append(ids);
        batch.Add(new Segment { First = first, Count = ids.Length, Past = 0, OutputFrom = 0, Source = source });
    }
}
