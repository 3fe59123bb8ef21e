using System.Text.Json;
using Hone.Server.Api.Requests;

namespace Hone.Server.Api.ChatCompletions;

/// <summary>A chat completion as received: every field of the current API, and what peers have added. <see cref="ChatCompletionValidator"/> honours or refuses each.</summary>
internal sealed record ChatCompletionRequest : GenerationFields
{
    /// <summary>Messages exactly as the client sent them: chat templates see them so.</summary>
    public JsonElement? Messages { get; init; }

    public int? MaxCompletionTokens { get; init; }

    public bool? Logprobs { get; init; }

    public int? TopLogprobs { get; init; }

    public JsonElement? Metadata { get; init; }

    public bool? Store { get; init; }

    public string? ServiceTier { get; init; }

    public string? SafetyIdentifier { get; init; }

    public string? PromptCacheKey { get; init; }

    public JsonElement? PromptCacheOptions { get; init; }

    public string? PromptCacheRetention { get; init; }

    public JsonElement? ResponseFormat { get; init; }

    public JsonElement? Tools { get; init; }

    public JsonElement? ToolChoice { get; init; }

    public bool? ParallelToolCalls { get; init; }

    public JsonElement? Functions { get; init; }

    public JsonElement? FunctionCall { get; init; }

    public JsonElement? Audio { get; init; }

    public IReadOnlyList<string>? Modalities { get; init; }

    public JsonElement? Moderation { get; init; }

    public JsonElement? Prediction { get; init; }

    public string? ReasoningEffort { get; init; }

    public string? Verbosity { get; init; }

    public JsonElement? WebSearchOptions { get; init; }

    /// <summary>Variables handed to the chat template, e.g. <c>{"enable_thinking": false}</c> (vLLM).</summary>
    public JsonElement? ChatTemplateKwargs { get; init; }

    /// <summary>A template of the client's own; refused unless the server allows it.</summary>
    public string? ChatTemplate { get; init; }

    public bool? AddGenerationPrompt { get; init; }
}
