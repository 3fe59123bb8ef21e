using System.Text.Json;
using Hone.Tokenization.ChatTemplates.Json;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Conversations;

/// <summary>The variables that a conversation is rendered with.</summary>
internal static class ConversationReader
{
    private static readonly string[] s_reserved = ["messages", "tools", "documents", "add_generation_prompt"];

    public static IEnumerable<KeyValuePair<string, Value>> Variables(ChatTemplateInput input, FinalMessage? final, RenderContext context)
    {
        foreach (var (name, token) in input.SpecialTokens)
            yield return new(name, new StringValue(token));
        foreach (var (name, value) in input.Variables)
        {
            if (s_reserved.Contains(name))
                throw Invalid($"the template variable '{name}' cannot be given: it is made from the request");
            yield return new(name, JsonReader.Read(value, context));
        }
        yield return new("messages", ReadMessages(input.Messages, final, context));
        yield return new("tools", Read(input.Tools, context));
        yield return new("documents", Read(input.Documents, context));
        yield return new("add_generation_prompt", BoolValue.Of(input.AddGenerationPrompt));
    }

    private static Value Read(JsonElement? element, RenderContext context) => element is { } given ? JsonReader.Read(given, context) : NoneValue.Instance;

    private static ListValue ReadMessages(JsonElement messages, FinalMessage? final, RenderContext context)
    {
        if (messages.ValueKind != JsonValueKind.Array)
            throw Invalid("messages must be an array");
        if (messages.GetArrayLength() == 0)
            throw Invalid("Cannot apply chat template to an empty conversation. Provide at least one message.");
        var fields = messages.EnumerateArray().Select(message => MessageReader.Read(message, context)).ToList();
        if (final is not null)
            fields[^1] = final.Mark(fields[^1], context);
        return new ListValue([.. fields], Text.Origin.Request);
    }

    private static ChatTemplateException Invalid(string message) => new(ChatTemplateErrorKind.Input, message);
}
