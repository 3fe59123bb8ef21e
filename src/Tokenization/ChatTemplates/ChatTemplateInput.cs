using System.Text.Json;

namespace Hone.Tokenization.ChatTemplates;

/// <summary>A conversation to render, as the client sent it.</summary>
public sealed record ChatTemplateInput
{
    /// <summary>An array of message objects.</summary>
    public required JsonElement Messages { get; init; }

    /// <summary>An array of tool definitions; absent means none.</summary>
    public JsonElement? Tools { get; init; }

    /// <summary>An array of documents; absent means none.</summary>
    public JsonElement? Documents { get; init; }

    /// <summary>Ends the prompt where the assistant begins to speak. Null leaves the variable false.</summary>
    public bool AddGenerationPrompt { get; init; }

    /// <summary>
    /// The field of the final message that the model is to continue (<c>content</c>, <c>reasoning_content</c> …): the prompt ends inside of it.
    /// Null for none.
    /// </summary>
    public string? ContinueField { get; init; }

    /// <summary>Further variables of the request (<c>chat_template_kwargs</c>). They may hide a special token, but not the messages.</summary>
    public IReadOnlyDictionary<string, JsonElement> Variables { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The tokenizer's special tokens by their names in its configuration, such as <c>bos_token</c>. They are trusted.</summary>
    public IReadOnlyDictionary<string, string> SpecialTokens { get; init; } = new Dictionary<string, string>();

    /// <summary>The clock and time zone of <c>strftime_now</c>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
