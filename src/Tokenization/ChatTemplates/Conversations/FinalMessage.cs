using Hone.Tokenization.ChatTemplates.Methods;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Conversations;

/// <summary>
/// A final message that the model is to continue. A mark is put behind its text, and the prompt ends where the mark comes out. The mark is
/// known by its origin, so no message can forge it; its characters are the reference's, as templates may trim them.
/// </summary>
internal sealed class FinalMessage
{
    private const string Tag = "CONTINUE_FINAL_MESSAGE_TAG ";

    private static readonly string[] s_reasoningNames = ["reasoning_content", "thinking", "reasoning"];

    private readonly string _field;
    private StringValue? _text;

    private FinalMessage(string field) => _field = field;

    /// <returns>Null if no message is to be continued.</returns>
    public static FinalMessage? From(ChatTemplateInput input, string template)
    {
        if (input.ContinueField is not { } field)
            return null;
        if (input.AddGenerationPrompt)
        {
            throw Invalid("continue_final_message and add_generation_prompt are not compatible. Use continue_final_message when you want the model to continue "
                + "the final message, and add_generation_prompt when you want to add a header that will prompt it to start a new assistant message instead.");
        }
        if (field != "content" && !Names(field).Any(name => template.Contains(name, StringComparison.Ordinal)))
            throw Invalid($"continue_final_message is set to \"{field}\" but this is not an accepted field in the chat_template");
        return new FinalMessage(field);
    }

    /// <summary>The message with the mark behind its text.</summary>
    public DictValue Mark(DictValue message, RenderContext context)
    {
        var fields = Copy(message, context);
        if (fields.Find(new StringValue(_field)) is not { } value)
            throw Invalid($"continue_final_message is set but the final message has no '{_field}'");
        Value marked = value is ListValue parts ? MarkLastPart(parts, context) : Append(value, context);
        foreach (var name in Names(_field).Where(name => fields.Find(new StringValue(name)) is not null))
            fields.Set(new StringValue(name), marked);
        return fields;
    }

    /// <summary>The output up to the mark.</summary>
    public StringValue Cut(StringValue rendered)
    {
        var start = MarkStart(rendered);
        if (start < 0 || !rendered.Text.Contains(Stripping.Strip(_text!, null, Sides.Both).Text, StringComparison.Ordinal))
        {
            throw Invalid("continue_final_message is set but the final message does not appear in the chat after applying the chat template! This can happen if "
                + "the chat template deletes portions of the final message. Please verify the chat template and final message in your chat to ensure they are compatible.");
        }
        var isWhole = string.CompareOrdinal(rendered.Text, start, Tag, 0, Tag.Length) == 0;
        var cut = rendered.Substring(0, start);
        return isWhole ? cut : Stripping.Strip(cut, null, Sides.Right); // the template trims, so blanks before the mark would have gone too
    }

    private static int MarkStart(StringValue rendered)
    {
        var (found, start) = (-1, 0);
        var inMark = false;
        foreach (var (end, origin) in rendered.RunsFrom(0))
        {
            if (origin.HasFlag(Origin.ContinueMark) && !inMark)
                found = start;
            inMark = origin.HasFlag(Origin.ContinueMark);
            start = end;
        }
        return found;
    }

    private ListValue MarkLastPart(ListValue parts, RenderContext context)
    {
        var text = new StringValue("text");
        var last = Array.FindLastIndex(parts.Items, part => part is DictValue fields && fields.Find(text) is not null);
        if (last < 0)
            throw Invalid("continue_final_message is set but we could not find any text to continue in the final message!");
        Value[] items = [.. parts.Items];
        var marked = Copy((DictValue)items[last], context);
        marked.Set(text, Append(marked.Find(text)!, context));
        items[last] = marked;
        return new ListValue(items, parts.Origin);
    }

    private StringValue Append(Value value, RenderContext context)
    {
        _text = value as StringValue ?? throw Invalid($"continue_final_message is set but the final message's '{_field}' is not text");
        return new TextBuilder(context.Budget).Append(_text).Append(Tag, Origin.Request | Origin.ContinueMark).ToValue();
    }

    private static DictValue Copy(DictValue source, RenderContext context)
    {
        var copy = new DictValue(context, source.Origin);
        foreach (var (key, value) in source.Entries)
            copy.Set(key, value);
        return copy;
    }

    private static string[] Names(string field) => s_reasoningNames.Contains(field) ? s_reasoningNames : [field];

    private static ChatTemplateException Invalid(string message) => new(ChatTemplateErrorKind.Input, message);
}
