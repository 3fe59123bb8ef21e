using System.Collections.Frozen;
using System.Text.Json;
using Hone.Tokenization.ChatTemplates.Json;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Conversations;

/// <summary>One message: keys that are null are absent, and reasoning has one name whatever the client calls it.</summary>
internal static class MessageReader
{
    /// <summary>
    /// The protocol's own roles. A template may spell a control token with one, as in <c>'&lt;|' + role + '|&gt;'</c>; none of these words can do harm.
    /// Any other role is the client's text.
    /// </summary>
    private static readonly FrozenSet<string> s_roles = FrozenSet.Create("system", "developer", "user", "assistant", "tool", "function");

    private static readonly string[] s_reasoningNames = ["reasoning_content", "thinking", "reasoning"];

    public static DictValue Read(JsonElement message, RenderContext context)
    {
        if (message.ValueKind != JsonValueKind.Object)
            throw new ChatTemplateException(ChatTemplateErrorKind.Input, "a message must be an object");
        var fields = new DictValue(context, Origin.Request);
        foreach (var field in message.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null))
            fields.Set(new StringValue(field.Name, Origin.Request), ReadField(field, context));
        return WithReasoning(fields, context);
    }

    private static Value ReadField(JsonProperty field, RenderContext context)
    {
        var value = JsonReader.Read(field.Value, context);
        return field.Name == "role" && value is StringValue role && s_roles.Contains(role.Text) ? new StringValue(role.Text) : value;
    }

    /// <summary>Gives the reasoning under both names that templates use. The order of keys is then: thinking, the client's, reasoning_content.</summary>
    private static DictValue WithReasoning(DictValue message, RenderContext context)
    {
        if (s_reasoningNames.Select(name => message.Find(Key(name))).FirstOrDefault(value => value is not null) is not { } reasoning)
            return message;
        var fields = new DictValue(context, Origin.Request);
        fields.Set(Key("thinking"), reasoning);
        foreach (var (key, value) in message.Entries)
            fields.Set(key, value);
        fields.Set(Key("reasoning_content"), reasoning);
        return fields;
    }

    private static StringValue Key(string name) => new(name, Origin.Request);
}
