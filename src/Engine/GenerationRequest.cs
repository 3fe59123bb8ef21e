using Hone.Engine.Sampling;

namespace Hone.Engine;

/// <summary>
/// What the engine is asked to generate: ids in, ids out. Made only by a front end that has validated it; the engine never
/// sees text or JSON and never checks again.
/// </summary>
public sealed record GenerationRequest
{
    /// <summary>The prompt's token ids, at least one.</summary>
    public required ReadOnlyMemory<int> Prompt { get; init; }

    /// <summary>Largest number of generated tokens for each choice; 0 only with <see cref="PromptLogProbs"/>.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Independent continuations of the prompt (n), 1 … 16. Choice i samples from its own stream of the seed.</summary>
    public int Choices { get; init; } = 1;

    /// <summary>How the next token is drawn.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Tokens that end a choice: end-of-sequence ids (unless ignored) and the client's own. The token itself is reported.</summary>
    public IReadOnlyList<int> StopTokens { get; init; } = [];

    /// <summary>No stop token is drawn before so many tokens.</summary>
    public int MinTokens { get; init; }

    /// <summary>Number of alternatives reported with each token, 0 … 20; null = no log-probabilities.</summary>
    public int? TopLogProbs { get; init; }

    /// <summary>Log-probabilities of the prompt's own tokens are reported too (echo).</summary>
    public bool PromptLogProbs { get; init; }

    /// <summary>
    /// Prompt lengths at which a later request is likely to branch off (end of system + tools, of each user turn, of each
    /// response), ascending: recurrent layers keep their checkpoints there.
    /// </summary>
    public IReadOnlyList<int> TurnBoundaries { get; init; } = [];

    /// <summary>Prefixes are shared only within equal salts (tenant, adapter).</summary>
    public string CacheSalt { get; init; } = "";

    /// <summary>Adapter's number in the runner; 0 = the base model.</summary>
    public int Adapter { get; init; }
}
