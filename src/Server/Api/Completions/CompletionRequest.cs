using System.Text.Json;
using Hone.Server.Api.Requests;

namespace Hone.Server.Api.Completions;

/// <summary>A text completion as received.</summary>
internal sealed record CompletionRequest : GenerationFields
{
    /// <summary>A string, an array of strings, an array of token ids, or an array of such arrays.</summary>
    public JsonElement? Prompt { get; init; }

    public bool? Echo { get; init; }

    /// <summary>Number of alternatives with each token, 0 … 20; 0 gives the chosen token's own.</summary>
    public int? Logprobs { get; init; }

    /// <summary>Text after the completion, for models with fill-in-middle tokens.</summary>
    public string? Suffix { get; init; }

    public int? BestOf { get; init; }
}
