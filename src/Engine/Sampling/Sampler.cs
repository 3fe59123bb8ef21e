namespace Hone.Engine.Sampling;

/// <summary>
/// Draws tokens. Buffers are made once, a draw allocates nothing; the filters narrow a candidate set by quickselect, the
/// vocabulary is never sorted. <see cref="PlainSampler"/> says the same by full sorts and draws the same tokens.
/// </summary>
internal sealed class Sampler(int vocabulary)
{
    private const int Stride = 1024;

    private readonly float[] adjusted = new float[vocabulary];
    private readonly float[] logWeights = new float[vocabulary];
    private readonly float[] weights = new float[vocabulary];
    private readonly Candidates candidates = new(vocabulary);

    /// <summary>A token from a row of logits; −1 if the row has a NaN, an infinite maximum, or no token left.</summary>
    public int Next(ReadOnlySpan<float> logits, in Draw draw)
    {
        var greedy = RowMaximum.IndexOf(logits);
        if (greedy < 0)
            return -1;
        if (draw.AdjustsLogits)
        {
            logits.CopyTo(adjusted);
            draw.Adjust(adjusted);
            logits = adjusted;
            greedy = RowMaximum.IndexOf(logits);
        }
        if (draw.Options.Temperature == 0 || greedy < 0)
            return greedy;
        Weights.Logarithms(logits, logits[greedy], Weights.ScaleFor(draw.Options.Temperature), logWeights);
        Weights.Exponentials(logWeights, weights);
        return Candidates.AreFilteredBy(draw.Options, vocabulary) ? NextFiltered(draw) : NextOfAll(draw);
    }

    private int NextOfAll(in Draw draw)
    {
        var target = draw.Uniform(Weights.Sum(weights));
        var start = 0;
        for (; start + Stride < vocabulary; start += Stride)
        {
            var sum = Weights.Sum(weights.AsSpan(start, Stride));
            if (sum > target)
                break;
            target -= sum;
        }
        var token = start;
        while ((target -= Weights.UnitsOf(weights[token])) >= 0)
            token++;
        return token;
    }

    private int NextFiltered(in Draw draw)
    {
        candidates.Filter(weights, logWeights, draw.Options);
        return candidates.At(draw.Uniform(candidates.Mass));
    }
}
