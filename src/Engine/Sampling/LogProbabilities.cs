using System.Runtime.Intrinsics;

namespace Hone.Engine.Sampling;

/// <summary>Log-softmax of one row of logits, in double.</summary>
internal static class LogProbabilities
{
    /// <summary>log Σ e^logit; NaN if nothing can be drawn from the row.</summary>
    public static double LogSum(ReadOnlySpan<float> row)
    {
        var largest = RowMaximum.IndexOf(row);
        if (largest < 0)
            return double.NaN;
        var max = Vector256.Create((double)row[largest]);
        var (lower, upper) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i <= row.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var (a, b) = Vector256.Widen(Vector256.Create(row[i..]));
            lower += Exponential.Of(a - max);
            upper += Exponential.Of(b - max);
        }
        var sum = Vector256.Sum(lower + upper);
        for (; i < row.Length; i++)
            sum += Exponential.Of((double)row[i] - row[largest]);
        return row[largest] + Math.Log(sum);
    }

    /// <summary>The <paramref name="count"/> likeliest tokens, descending, equal ones by id.</summary>
    public static TokenLogProb[] Top(ReadOnlySpan<float> row, double logSum, int count)
    {
        var top = new TokenLogProb[Math.Min(count, row.Length)];
        var filled = 0;
        var floor = float.NegativeInfinity;
        for (var id = 0; id < row.Length && top.Length > 0; id++)
        {
            if (filled == top.Length && !(row[id] > floor))
                continue;
            var at = filled < top.Length ? filled++ : top.Length - 1;
            for (; at > 0 && row[id] > row[top[at - 1].Token]; at--)
                top[at] = top[at - 1];
            top[at] = new TokenLogProb(id, 0);
            floor = row[top[filled - 1].Token];
        }
        for (var i = 0; i < top.Length; i++)
            top[i] = new TokenLogProb(top[i].Token, (float)(row[top[i].Token] - logSum));
        return top;
    }
}
