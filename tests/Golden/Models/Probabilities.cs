namespace Hone.Golden.Models;

/// <summary>Log-probabilities of rows of logits, in f64.</summary>
internal static class Probabilities
{
    public static double LogProbability(ReadOnlySpan<float> row, int token)
    {
        var max = double.NegativeInfinity;
        foreach (var logit in row)
            max = Math.Max(max, logit);
        var sum = 0.0;
        foreach (var logit in row)
            sum += Math.Exp(logit - max);
        return row[token] - max - Math.Log(sum);
    }

    public static int Largest(ReadOnlySpan<float> row)
    {
        var best = 0;
        for (var i = 1; i < row.Length; i++)
        {
            if (row[i] > row[best])
                best = i;
        }
        return best;
    }

    /// <summary>log p of each label, row by row.</summary>
    public static double[] OfLabels(float[] logits, ReadOnlySpan<int> labels, int vocabulary)
    {
        var result = new double[labels.Length];
        for (var i = 0; i < labels.Length; i++)
            result[i] = LogProbability(logits.AsSpan(i * vocabulary, vocabulary), labels[i]);
        return result;
    }
}
