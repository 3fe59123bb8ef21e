namespace Hone.Engine.Sampling;

/// <summary>What one draw depends on beside the logits.</summary>
internal readonly ref struct Draw
{
    public required SamplingOptions Options { get; init; }

    /// <summary>Added to logits.</summary>
    public ReadOnlySpan<KeyValuePair<int, float>> Bias { get; init; }

    /// <summary>Counts for penalties; null if none is set.</summary>
    public TokenOccurrences? Occurrences { get; init; }

    /// <summary>Tokens that must not be drawn (stop tokens before min_tokens).</summary>
    public ReadOnlySpan<int> Banned { get; init; }

    public required int Choice { get; init; }

    /// <summary>Position of the token in its sequence.</summary>
    public required int Position { get; init; }

    public bool AdjustsLogits => Bias.Length > 0 || Occurrences is not null || Banned.Length > 0;

    /// <summary>Adds bias, then penalties, and bans.</summary>
    public void Adjust(Span<float> logits)
    {
        foreach (var (token, bias) in Bias)
            logits[token] += bias;
        Occurrences?.Penalise(logits, Options);
        foreach (var token in Banned)
            logits[token] = float.NegativeInfinity;
    }

    /// <summary>A uniform integer in [0, <paramref name="total"/>).</summary>
    public long Uniform(long total) => (long)Math.BigMul(Philox.Draw(Options.Seed, Choice, Position), (ulong)total, out _);
}
