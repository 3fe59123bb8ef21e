using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace Hone.Torch.Ops;

/// <summary>
/// Sums, and operations with a number. TorchSharp 0.107 hands native code the bare pointer of a <see cref="Scalar"/> that nothing keeps alive during
/// the call: when a collection falls into it, the finalizer frees the number that the operation is about to read. Its operators
/// (<c>a + b</c> passes a temporary alpha of 1, <c>x * 0.5</c> a temporary 0.5) and some methods (<c>square</c>, <c>softplus</c>, <c>arange</c>) are open to that,
/// so here every number lives as long as the process; there are as many as a model's attributes. A unit test keeps the others out.
/// </summary>
internal static class Arithmetic
{
    private static readonly ConcurrentDictionary<double, Scalar> Numbers = new();
    private static readonly Scalar One = Number(1);

    public static Scalar Number(double number) => Numbers.GetOrAdd(number, n => n.ToScalar());

    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, One);

    public static Tensor Plus(this Tensor a, double b) => a.add(Number(b), One);

    public static Tensor Times(this Tensor a, double b) => a.mul(Number(b));

    public static Tensor Squared(this Tensor a) => a * a;

    public static Tensor AtLeast(this Tensor a, double min) => a.clamp_min(Number(min));

    public static Tensor AtMost(this Tensor a, double max) => a.clamp_max(Number(max));

    public static Tensor Between(this Tensor a, double min, double max) => a.clamp(Number(min), Number(max));

    /// <summary>The value wherever the mask is true.</summary>
    public static Tensor Filled(this Tensor a, Tensor mask, double value) => a.masked_fill(mask, Number(value));

    public static Tensor IsBelow(this Tensor a, double b) => a.lt(Number(b));

    public static Tensor IsAbove(this Tensor a, double b) => a.gt(Number(b));

    public static Tensor IsAtLeast(this Tensor a, double b) => a.ge(Number(b));

    /// <summary>a, with rows of b added at the given rows.</summary>
    public static Tensor PlusAtRows(this Tensor a, Tensor rows, Tensor b) => a.index_add(0, rows, b, One);

    /// <summary>0, 1, … from first on, as integers.</summary>
    public static Tensor Count(long first, long count)
    {
        var numbers = new long[count];
        for (var i = 0; i < count; i++)
            numbers[i] = first + i;
        return tensor(numbers);
    }
}
