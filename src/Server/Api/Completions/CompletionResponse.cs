using System.Text.Json.Serialization;
using Hone.Server.Api.Generation;

namespace Hone.Server.Api.Completions;

/// <summary>OpenAI's <c>text_completion</c> object; also each chunk of a stream.</summary>
internal sealed record CompletionResponse(string Id, string Object, long Created, string Model, string SystemFingerprint, IReadOnlyList<CompletionChoice> Choices)
{
    /// <summary>Absent in chunks unless include_usage was asked for; then null in all but the last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UsageOrNull? Usage { get; init; }
}

internal sealed record CompletionChoice(string Text, int Index, CompletionLogProbs? Logprobs, string? FinishReason)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? TokenIds { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? PromptTokenIds { get; init; }
}

/// <summary>A usage that is written as null when there is none yet.</summary>
[JsonConverter(typeof(UsageOrNullConverter))]
internal sealed record UsageOrNull(Usage? Value);

internal sealed class UsageOrNullConverter : JsonConverter<UsageOrNull>
{
    public override UsageOrNull Read(ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert, System.Text.Json.JsonSerializerOptions options) =>
        throw new NotSupportedException("Usage is only written.");

    public override void Write(System.Text.Json.Utf8JsonWriter writer, UsageOrNull value, System.Text.Json.JsonSerializerOptions options) =>
        System.Text.Json.JsonSerializer.Serialize(writer, value.Value, options);
}
