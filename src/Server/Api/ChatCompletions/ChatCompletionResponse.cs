using System.Text.Json.Serialization;
using Hone.Server.Api.Generation;

namespace Hone.Server.Api.ChatCompletions;

/// <summary>OpenAI's <c>chat.completion</c> object.</summary>
internal sealed record ChatCompletionResponse(
    string Id, string Object, long Created, string Model, string SystemFingerprint, IReadOnlyList<ChatChoice> Choices, Usage Usage)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ServiceTier { get; init; }

    /// <summary>Ids of the rendered prompt (only with return_token_ids).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? PromptTokenIds { get; init; }
}

internal sealed record ChatChoice(int Index, ChatMessage Message, ChatLogProbs? Logprobs, string FinishReason)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? TokenIds { get; init; }
}

internal sealed record ChatMessage(string Role, string Content)
{
    public string? Refusal => null;

    public IReadOnlyList<object> Annotations => [];
}
