using Hone.Models.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace Hone.Torch.Ops;

/// <summary>Operations on each row by itself: add, mul, lerp, scale, activations, clamp, slices and sums of columns.</summary>
internal static class Elementwise
{
    public static Tensor Add(Tensor a, Tensor b) => a.Plus(Widen(b, a.shape[1]));

    public static Tensor Mul(Tensor a, Tensor b) => a * Widen(b, a.shape[1]);

    public static Tensor Lerp(Tensor a, Tensor b, Tensor t) => a.Plus((b - a) * t);

    public static Tensor Scale(Tensor x, (double Factor, int Width)[] sections)
    {
        if (sections is [var (factor, _)])
            return x.Times(factor);
        var factors = sections.SelectMany(s => Enumerable.Repeat(s.Factor, s.Width)).ToArray();
        return x * tensor(factors, x.dtype);
    }

    public static Tensor Activate(Tensor x, Act kind) => kind switch
    {
        Act.Silu => nn.functional.silu(x),
        Act.Gelu => nn.functional.gelu(x),
        Act.GeluTanh => nn.functional.gelu(x, TorchSharp.Modules.GELU.Approximate.tanh),
        Act.Relu => nn.functional.relu(x),
        Act.Relu2 => nn.functional.relu(x).Squared(),
        Act.Sigmoid => x.sigmoid(),
        Act.Tanh => x.tanh(),
        Act.Exp => x.exp(),
        Act.Softplus => where(x.IsAbove(20), x, x.AtMost(20).exp().log1p()),
        _ => throw new NotSupportedException($"Activation {kind}."),
    };

    public static Tensor Clamp(Tensor x, double min, double max) => x.Between(min, max);

    public static Tensor Slice(Tensor x, Slice op) =>
        x.unflatten(1, [op.Groups, -1]).narrow(2, op.Offset, op.Width).flatten(1);

    public static Tensor Sum(Tensor x, Sum op) =>
        x.unflatten(1, [op.Groups, -1]).sum(op.Axis == SumAxis.Within ? 2 : 1);

    /// <summary>[R, n] → [R, width]: each number stands for width / n neighbouring columns.</summary>
    private static Tensor Widen(Tensor b, long width) =>
        b.shape[1] == width ? b : b.repeat_interleave(width / b.shape[1], dim: 1);
}
