using System.Text.Json;
using System.Text.Json.Serialization;
using Hone.Server.Api.Requests;

namespace Hone.Server.Api.Tokens;

/// <summary>POST /tokenize in vLLM's shape: <c>prompt</c> or <c>messages</c>.</summary>
internal sealed record TokenizeRequest : IHasUnknownFields
{
    public string? Model { get; init; }

    public string? Prompt { get; init; }

    public JsonElement? Messages { get; init; }

    public bool? AddSpecialTokens { get; init; }

    public bool? AddGenerationPrompt { get; init; }

    public bool? ReturnTokenStrs { get; init; }

    public JsonElement? ChatTemplateKwargs { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? UnknownFields { get; init; }
}

internal sealed record TokenizeResponse(int Count, int MaxModelLen, IReadOnlyList<int> Tokens, IReadOnlyList<string>? TokenStrs);

/// <summary>POST /detokenize in vLLM's shape.</summary>
internal sealed record DetokenizeRequest : IHasUnknownFields
{
    public string? Model { get; init; }

    public IReadOnlyList<int>? Tokens { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? UnknownFields { get; init; }
}

internal sealed record DetokenizeResponse(string Prompt);

/// <summary>POST /apply-template in llama.cpp's shape.</summary>
internal sealed record ApplyTemplateRequest : IHasUnknownFields
{
    public string? Model { get; init; }

    public JsonElement? Messages { get; init; }

    public bool? AddGenerationPrompt { get; init; }

    public JsonElement? ChatTemplateKwargs { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? UnknownFields { get; init; }
}

internal sealed record ApplyTemplateResponse(string Prompt);
