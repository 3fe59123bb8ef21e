using System.Runtime.CompilerServices;

namespace Hone.TestKit;

/// <summary>Log-probabilities from logits, in f64.</summary>
public static class LogSoftmax
{
    /// <summary>log p of one token.</summary>
    public static double Of(ReadOnlySpan<float> logits, int token) => logits[token] - LogSumExp(logits);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // tests are built without optimization, and a vocabulary is long
    public static double LogSumExp(ReadOnlySpan<float> logits)
    {
        var max = double.NegativeInfinity;
        foreach (var logit in logits)
            max = Math.Max(max, logit);
        var sum = 0.0;
        foreach (var logit in logits)
            sum += Math.Exp(logit - max);
        return max + Math.Log(sum);
    }

    /// <summary>Σ p·(log p − log q) of the distributions that two rows of logits mean.</summary>
    public static double Divergence(ReadOnlySpan<float> p, ReadOnlySpan<float> q)
    {
        var (sumP, sumQ) = (LogSumExp(p), LogSumExp(q));
        var divergence = 0.0;
        for (var i = 0; i < p.Length; i++)
            divergence += Math.Exp(p[i] - sumP) * (p[i] - sumP - (q[i] - sumQ));
        return divergence;
    }
}
