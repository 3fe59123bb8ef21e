namespace Hone.Engine.Sampling;

/// <summary>How often each token was generated; tokens of the prompt are known with 0 if the repetition penalty asks for them.</summary>
internal sealed class TokenOccurrences
{
    private readonly Dictionary<int, int> generated = [];

    /// <summary>Counts for these options; null if no penalty is set.</summary>
    public static TokenOccurrences? For(SamplingOptions options, ReadOnlySpan<int> prompt)
    {
        if (options is { FrequencyPenalty: 0, PresencePenalty: 0, RepetitionPenalty: 1 })
            return null;
        var counts = new TokenOccurrences();
        if (options.RepetitionPenalty != 1)
        {
            foreach (var token in prompt)
                counts.generated.TryAdd(token, 0);
        }
        return counts;
    }

    public void Add(int token) => generated[token] = generated.GetValueOrDefault(token) + 1;

    /// <summary>Applies the three penalties to logits.</summary>
    public void Penalise(Span<float> logits, SamplingOptions options)
    {
        foreach (var (token, count) in generated)
        {
            var logit = (double)logits[token];
            logit = logit > 0 ? logit / options.RepetitionPenalty : logit * options.RepetitionPenalty;
            if (count > 0)
                logit -= (options.FrequencyPenalty * count) + options.PresencePenalty;
            logits[token] = (float)logit;
        }
    }
}
