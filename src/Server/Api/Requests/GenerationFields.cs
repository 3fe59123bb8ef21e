using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hone.Server.Api.Requests;

/// <summary>Fields that chat and text completions share: OpenAI's, then those that vLLM and llama.cpp have added and clients send.</summary>
internal abstract record GenerationFields : IHasUnknownFields
{
    public string? Model { get; init; }

    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public int? N { get; init; }

    public int? MaxTokens { get; init; }

    /// <summary>A string or an array of up to 16 strings (OpenAI: 4).</summary>
    public JsonElement? Stop { get; init; }

    public double? FrequencyPenalty { get; init; }

    public double? PresencePenalty { get; init; }

    /// <summary>Token id (as a string) → −100 … 100.</summary>
    public Dictionary<string, double>? LogitBias { get; init; }

    public long? Seed { get; init; }

    public bool? Stream { get; init; }

    public StreamOptions? StreamOptions { get; init; }

    /// <summary>Accepted; Hone keeps nothing about end users.</summary>
    public string? User { get; init; }

    public int? TopK { get; init; }

    public double? MinP { get; init; }

    public double? TypicalP { get; init; }

    public double? RepetitionPenalty { get; init; }

    public int? MinTokens { get; init; }

    public IReadOnlyList<int>? StopTokenIds { get; init; }

    public bool? IncludeStopStrInOutput { get; init; }

    public bool? IgnoreEos { get; init; }

    /// <summary>Reports the ids of the generated tokens (vLLM).</summary>
    public bool? ReturnTokenIds { get; init; }

    /// <summary>Prefixes are shared only within equal salts (vLLM).</summary>
    public string? CacheSalt { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? UnknownFields { get; init; }
}

internal sealed record StreamOptions : IHasUnknownFields
{
    public bool? IncludeUsage { get; init; }

    /// <summary>OpenAI pads events against eavesdroppers; Hone does not, so only false is accepted.</summary>
    public bool? IncludeObfuscation { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? UnknownFields { get; init; }
}
