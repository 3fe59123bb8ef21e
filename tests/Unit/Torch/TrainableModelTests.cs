using Hone.Models;
using Hone.Torch;
using Hone.Torch.Ops;
using TorchSharp;
using static TorchSharp.torch;

namespace Hone.Unit.Torch;

public class TrainableModelTests
{
    private static readonly int[] Tokens = [3, 1, 4, 1, 5];
    private static readonly int[] Targets = [1, 4, 1, 5, TrainableModel.NoTarget];

    [Fact]
    public void Gradients_equal_differences_of_the_loss()
    {
        using var model = new TrainableModel(TinyModel.Graph(), TinyModel.Values, Precision.F64);
        using var scope = NewDisposeScope();
        model.Loss(Sequence(), Targets).backward();
        foreach (var (name, parameter) in model.Stored)
        {
            const double step = 1e-5;
            var gradient = parameter.grad!;
            var norm = gradient.Squared().sum().sqrt();
            var direction = gradient / norm;
            var difference = (LossAt(model, parameter, direction.Times(step)) - LossAt(model, parameter, direction.Times(-step))) / (2 * step);
            Assert.Equal(norm.item<double>(), difference, 1e-7 * Math.Max(1, Math.Abs(difference)));
            Assert.True(difference > 0, $"{name} has no influence on the loss.");
        }
    }

    [Fact]
    public void Packed_sequences_carry_the_mean_of_their_losses()
    {
        using var model = new TrainableModel(TinyModel.Graph(), TinyModel.Values, Precision.F64);
        using var scope = NewDisposeScope();
        var alone = model.Loss(Sequence(), Targets).item<double>();
        var packed = Sequence();
        TinyModel.Add(packed, Tokens, 0, [], slot: 0);
        Assert.Equal(alone, model.Loss(packed, [.. Targets, .. Targets]).item<double>(), 1e-12);
    }

    [Fact]
    public void Steps_leave_no_tensors_behind()
    {
        using var model = new TrainableModel(TinyModel.Graph(), TinyModel.Values, Precision.F32);
        Step(model);
        var alive = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++)
            Step(model);
        Assert.Equal(alive, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static void Step(TrainableModel model)
    {
        using var scope = NewDisposeScope();
        model.Loss(Sequence(), Targets).backward();
        model.ZeroGradients();
    }

    private static Batch Sequence()
    {
        var batch = new Batch();
        TinyModel.Add(batch, Tokens, 0, [], slot: 0);
        return batch;
    }

    private static double LossAt(TrainableModel model, Tensor parameter, Tensor shift)
    {
        using var noGradients = no_grad();
        using var stored = parameter.clone();
        parameter.copy_(stored.Plus(shift));
        var loss = model.Loss(Sequence(), Targets).item<double>();
        parameter.copy_(stored);
        return loss;
    }
}
