using System.Runtime.Intrinsics;

namespace Hone.Engine.Sampling;

/// <summary>
/// Unnormalised probabilities w = e^((logit − max) / temperature) in (0, 1] and their sums. A weight counts as the integer
/// round(w·2⁴⁰), so that a sum is exact and the same in every order, on every machine; what is below 2⁻⁴¹ of the likeliest token counts
/// as 0. A row of 2²² tokens sums to less than 2⁶².
/// </summary>
internal static class Weights
{
    private const double Unit = 1L << 40;

    /// <summary>2⁵²: added to a smaller non-negative double, it leaves the rounded integer in the low bits.</summary>
    private const double Shifter = 1L << 52;

    public static long UnitsOf(float weight) => BitConverter.DoubleToInt64Bits((weight * Unit) + Shifter) - BitConverter.DoubleToInt64Bits(Shifter);

    /// <summary>1 / temperature, bounded so that (max − max)·scale is 0.</summary>
    public static float ScaleFor(double temperature) => (float)Math.Min(1 / temperature, 1e30);

    /// <summary>The least sum that is this share of the total: 1 … total.</summary>
    public static long Share(double share, long total) => Math.Clamp((long)Math.Ceiling(share * total), 1, total);

    /// <summary>w·factor in units, rounded.</summary>
    public static long Scaled(float weight, float factor) => (long)Math.Round(UnitsOf(weight) * (double)factor);

    /// <summary>Logarithms (logit − max)·scale of the weights.</summary>
    public static void Logarithms(ReadOnlySpan<float> logits, float max, float scale, Span<float> logWeights)
    {
        var i = 0;
        for (; i <= logits.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            ((Vector256.Create(logits[i..]) - Vector256.Create(max)) * scale).CopyTo(logWeights[i..]);
        for (; i < logits.Length; i++)
            logWeights[i] = (logits[i] - max) * scale;
    }

    public static void Exponentials(ReadOnlySpan<float> logWeights, Span<float> weights)
    {
        var i = 0;
        for (; i <= weights.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            Exponential.Of(Vector256.Create(logWeights[i..])).CopyTo(weights[i..]);
        for (; i < weights.Length; i++)
            weights[i] = Exponential.Of(logWeights[i]);
    }

    /// <summary>Sum in units.</summary>
    public static long Sum(ReadOnlySpan<float> weights) => SumFrom(weights, 0);

    /// <summary>Sum in units of the weights that are at least <paramref name="floor"/>.</summary>
    public static long SumFrom(ReadOnlySpan<float> weights, float floor)
    {
        var i = 0;
        var lanes = Vector256<long>.Zero;
        var smallest = Vector256.Create(floor);
        for (; i <= weights.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var w = Vector256.Create(weights[i..]);
            w &= Vector256.GreaterThanOrEqual(w, smallest);
            var (lower, upper) = Vector256.Widen(w);
            lanes += UnitsOf(lower) + UnitsOf(upper);
        }
        var sum = Vector256.Sum(lanes);
        for (; i < weights.Length; i++)
            sum += weights[i] >= floor ? UnitsOf(weights[i]) : 0;
        return sum;
    }

    /// <summary>Number of weights that are at least <paramref name="floor"/>.</summary>
    public static int CountFrom(ReadOnlySpan<float> weights, float floor)
    {
        var i = 0;
        var lanes = Vector256<int>.Zero;
        for (; i <= weights.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            lanes -= Vector256.GreaterThanOrEqual(Vector256.Create(weights[i..]), Vector256.Create(floor)).AsInt32();
        var count = Vector256.Sum(lanes);
        for (; i < weights.Length; i++)
            count += weights[i] >= floor ? 1 : 0;
        return count;
    }

    private static Vector256<long> UnitsOf(Vector256<double> weights) =>
        ((weights * Unit) + Vector256.Create(Shifter)).AsInt64() - Vector256.Create(Shifter).AsInt64();
}
