namespace Hone.Engine.Sampling;

/// <summary>
/// The distribution that the next token is drawn from, applied in this order: bias, penalties, temperature, top_k, typical_p, top_p, min_p.
/// Draws come from a counter-based generator keyed by (seed, choice, position), so they do not depend on what else runs.
/// </summary>
public sealed record SamplingOptions
{
    /// <summary>0 = greedy.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Smallest set of tokens whose probabilities reach this sum; 1 = all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>The so many likeliest tokens; 0 = all.</summary>
    public int TopK { get; init; }

    /// <summary>Tokens with at least this share of the likeliest one's probability; 0 = all.</summary>
    public double MinP { get; init; }

    /// <summary>Locally typical sampling (arXiv 2202.00666); 1 = off.</summary>
    public double TypicalP { get; init; } = 1;

    /// <summary>Subtracted from the logit once per earlier occurrence in the generated text (OpenAI), −2 … 2.</summary>
    public double FrequencyPenalty { get; init; }

    /// <summary>Subtracted from the logit if the token occurs in the generated text (OpenAI), −2 … 2.</summary>
    public double PresencePenalty { get; init; }

    /// <summary>Divides positive and multiplies negative logits of tokens that occur in prompt or text (CTRL, arXiv 1909.05858); 1 = off.</summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Added to the logits of single tokens, −100 … 100.</summary>
    public IReadOnlyDictionary<int, float> LogitBias { get; init; } = new Dictionary<int, float>();

    /// <summary>Key of the random draws. A front end that was given none chooses one and may report it.</summary>
    public ulong Seed { get; init; }
}
