namespace Hone.Engine.Sampling;

/// <summary>The tokens that top_k, typical_p, top_p and min_p leave, each taken relative to what the one before left.</summary>
internal sealed class Candidates(int vocabulary)
{
    /// <summary>Below it a weight counts as nothing.</summary>
    private const float LowestFloor = 1f / (1L << 41);

    private readonly ulong[] keys = new ulong[vocabulary];
    private float[] weights = [];
    private int count;

    /// <summary>Sum of the candidates' weights in units.</summary>
    public long Mass { get; private set; }

    public static bool AreFilteredBy(SamplingOptions options, int vocabulary) =>
        (options.TopK > 0 && options.TopK < vocabulary) || options.TypicalP < 1 || options.TopP < 1 || options.MinP > 0;

    public void Filter(float[] tokenWeights, float[] logWeights, SamplingOptions options)
    {
        weights = tokenWeights;
        Mass = Weights.Sum(weights);
        Collect(FloorFor(options));
        if (options.TopK > 0)
            KeepFirst(Math.Min(options.TopK, count));
        if (options.TypicalP < 1)
            KeepTypical(logWeights, options.TypicalP);
        if (options.TopP < 1)
            KeepMass(options.TopP);
        if (options.MinP > 0)
            KeepAbove(options.MinP);
    }

    /// <summary>The token in whose share of [0, Mass) the target falls, shares in the order of ids.</summary>
    public int At(long target)
    {
        var ids = keys.AsSpan(0, count);
        foreach (ref var key in ids)
            key = (ulong)PrefixSelection.IdOf(key);
        return PrefixSelection.IdOf(ids[PrefixSelection.ByMass(ids, weights, target + 1) - 1]);
    }

    /// <summary>Weight above which all tokens lie that the first filter can leave; cheap passes spare the candidate set most of the vocabulary.</summary>
    private float FloorFor(SamplingOptions options)
    {
        if (options is { TopK: 0, TypicalP: 1, TopP: 1 })
            return Math.Max(MathF.BitDecrement((float)options.MinP), LowestFloor);
        var needed = options.TypicalP == 1 ? Weights.Share(options.TopP, Mass) : long.MaxValue;
        for (var floor = 1f / 8; floor > LowestFloor; floor /= 16)
        {
            if (options.TopK > 0 ? Weights.CountFrom(weights, floor) >= options.TopK : Weights.SumFrom(weights, floor) >= needed)
                return floor;
        }
        return LowestFloor;
    }

    private void Collect(float floor)
    {
        count = 0;
        for (var id = 0; id < weights.Length; id++)
        {
            if (weights[id] >= floor)
                keys[count++] = PrefixSelection.Descending(weights[id], id);
        }
    }

    private void KeepFirst(int tokens)
    {
        PrefixSelection.ByCount(keys.AsSpan(0, count), tokens);
        count = tokens;
        Mass = PrefixSelection.Mass(keys.AsSpan(0, count), weights);
    }

    /// <summary>Keeps the tokens whose surprise is nearest to the expected one: |log w − Σ p·log w| is the same distance.</summary>
    private void KeepTypical(float[] logWeights, double share)
    {
        Mass = PrefixSelection.Mass(keys.AsSpan(0, count), weights);
        var sum = 0L;
        foreach (var key in keys.AsSpan(0, count))
            sum += Weights.Scaled(weights[PrefixSelection.IdOf(key)], logWeights[PrefixSelection.IdOf(key)]);
        var expected = (float)((double)sum / Mass);
        foreach (ref var key in keys.AsSpan(0, count))
            key = PrefixSelection.Ascending(Math.Abs(logWeights[PrefixSelection.IdOf(key)] - expected), PrefixSelection.IdOf(key));
        KeepMass(share);
        foreach (ref var key in keys.AsSpan(0, count))
            key = PrefixSelection.Descending(weights[PrefixSelection.IdOf(key)], PrefixSelection.IdOf(key));
    }

    private void KeepMass(double share)
    {
        count = PrefixSelection.ByMass(keys.AsSpan(0, count), weights, Weights.Share(share, Mass));
        Mass = PrefixSelection.Mass(keys.AsSpan(0, count), weights);
    }

    private void KeepAbove(double share)
    {
        var largest = 0f;
        foreach (var key in keys.AsSpan(0, count))
            largest = Math.Max(largest, weights[PrefixSelection.IdOf(key)]);
        var kept = 0;
        foreach (var key in keys.AsSpan(0, count))
        {
            if (weights[PrefixSelection.IdOf(key)] >= share * largest)
                keys[kept++] = key;
        }
        count = kept;
        Mass = PrefixSelection.Mass(keys.AsSpan(0, count), weights);
    }
}
