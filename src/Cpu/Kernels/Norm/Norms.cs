using System.Runtime.Intrinsics;
using Hone.Models.Graph;

namespace Hone.Cpu.Kernels;

/// <summary>
/// Norms of one group of channels. Sums run over 8 lanes (element i in lane i mod 8), which are then added in a fixed tree:
/// one order for every machine.
/// </summary>
internal static unsafe class Norms
{
    /// <summary>y = norm(x)·gain + bias over <paramref name="count"/> channels; gain and bias may be null. y may be x.</summary>
    public static void Apply(NormKind kind, float* x, float* y, int count, double eps, bool floor, float* gain, float* bias)
    {
        if (kind == NormKind.Layer)
        {
            var mean = Sum(x, count) / count;
            var scale = 1 / MathF.Sqrt(SquaredDeviations(x, count, mean) / count + (float)eps);
            Affine(x, y, count, mean, scale, gain, bias);
            return;
        }
        var squares = SquaredDeviations(x, count, 0);
        var inverse = kind switch
        {
            NormKind.Rms => 1 / MathF.Sqrt(squares / count + (float)eps),
            NormKind.L2 when floor => 1 / MathF.Max(MathF.Sqrt(squares), (float)eps),
            NormKind.L2 => 1 / MathF.Sqrt(squares + (float)eps),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown norm"),
        };
        Affine(x, y, count, 0, inverse, gain, bias);
    }

    private static float Sum(float* x, int count)
    {
        var sum = Vector256<float>.Zero;
        var i = 0;
        for (; i <= count - 8; i += 8)
            sum += Vector256.Load(x + i);
        if (i < count)
            sum += Elements.LoadPart(x + i, count - i);
        return VectorMath.Sum(sum);
    }

    private static float SquaredDeviations(float* x, int count, float mean)
    {
        var center = Vector256.Create(mean);
        var sum = Vector256<float>.Zero;
        var i = 0;
        for (; i <= count - 8; i += 8)
        {
            var d = Vector256.Load(x + i) - center;
            sum = Vector256.FusedMultiplyAdd(d, d, sum);
        }
        for (var lane = 0; i < count; i++, lane++)
            sum = sum.WithElement(lane, MathF.FusedMultiplyAdd(x[i] - mean, x[i] - mean, sum.GetElement(lane)));
        return VectorMath.Sum(sum);
    }

    private static void Affine(float* x, float* y, int count, float mean, float scale, float* gain, float* bias)
    {
        var (center, factor) = (Vector256.Create(mean), Vector256.Create(scale));
        for (var i = 0; i < count; i += 8)
        {
            var n = Math.Min(8, count - i);
            var value = (Load(x + i, n) - center) * factor;
            if (gain != null)
                value *= Load(gain + i, n);
            if (bias != null)
                value += Load(bias + i, n);
            if (n == 8)
                value.Store(y + i);
            else
                Elements.StorePart(value, y + i, n);
        }
    }

    private static Vector256<float> Load(float* x, int n) => n == 8 ? Vector256.Load(x) : Elements.LoadPart(x, n);
}
