using System.Runtime.Intrinsics;

namespace Hone.Engine.Sampling;

/// <summary>The largest logit of a row.</summary>
internal static class RowMaximum
{
    /// <summary>Lowest index of the largest number; −1 if a number is NaN or the largest is infinite (a row that nothing can be drawn from).</summary>
    public static int IndexOf(ReadOnlySpan<float> row)
    {
        var max = Value(row);
        if (!float.IsFinite(max))
            return -1;
        var i = 0;
        var wanted = Vector256.Create(max);
        for (; i <= row.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            if (Vector256.EqualsAny(Vector256.Create(row[i..]), wanted))
                break;
        }
        while (row[i] != max)
            i++;
        return i;
    }

    /// <summary>NaN if any number is.</summary>
    private static float Value(ReadOnlySpan<float> row)
    {
        var i = 0;
        var max = float.NegativeInfinity;
        if (row.Length >= Vector256<float>.Count)
        {
            var lanes = Vector256.Create(float.NegativeInfinity);
            var unordered = Vector256<float>.Zero;
            for (; i <= row.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var x = Vector256.Create(row[i..]);
                lanes = Vector256.MaxNative(lanes, x);
                unordered |= ~Vector256.Equals(x, x);
            }
            if (unordered != Vector256<float>.Zero)
                return float.NaN;
            for (var lane = 0; lane < Vector256<float>.Count; lane++)
                max = Math.Max(max, lanes[lane]);
        }
        for (; i < row.Length; i++)
            max = Math.Max(max, row[i]);
        return max;
    }
}
