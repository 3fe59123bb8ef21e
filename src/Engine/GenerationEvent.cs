namespace Hone.Engine;

public enum GenerationEventKind
{
    /// <summary>First event: the request was admitted. <see cref="GenerationEvent.CachedTokens"/> is known. Absent if it ended while it was waiting.</summary>
    Started,

    /// <summary>
    /// Log-probability of one prompt token, in order, if asked for: length − 1 events, since the first token has none. They come once, as
    /// choice 0, and before all Token events.
    /// </summary>
    PromptToken,

    /// <summary>A generated token.</summary>
    Token,

    /// <summary>A choice ended. The request is done when every choice has ended.</summary>
    Finished,

    /// <summary>Last event: the request failed; nothing follows.</summary>
    Failed,
}

public enum FinishReason
{
    /// <summary>A stop token was drawn.</summary>
    Stop,

    /// <summary>MaxTokens, or the end of the context.</summary>
    Length,

    /// <summary>The client cancelled.</summary>
    Cancelled,
}

/// <summary>A token and its log-probability over the model's own distribution (temperature 1, before bias and penalties).</summary>
public readonly record struct TokenLogProb(int Token, float LogProb);

/// <summary>What the engine reports of a request. A stream that ends without Finished for every choice, or Failed, is an error.</summary>
public readonly record struct GenerationEvent
{
    public required GenerationEventKind Kind { get; init; }

    /// <summary>0 … Choices − 1.</summary>
    public int Choice { get; init; }

    /// <summary>Token id (Token, PromptToken).</summary>
    public int Token { get; init; }

    /// <summary>Natural logarithm (Token and PromptToken, if asked for).</summary>
    public float LogProb { get; init; }

    /// <summary>The likeliest tokens, descending (if asked for).</summary>
    public IReadOnlyList<TokenLogProb>? Top { get; init; }

    /// <summary>Prompt tokens that came from the prefix cache (Started).</summary>
    public int CachedTokens { get; init; }

    /// <summary>Finished.</summary>
    public FinishReason Reason { get; init; }

    /// <summary>Failed.</summary>
    public EngineException? Error { get; init; }
}
