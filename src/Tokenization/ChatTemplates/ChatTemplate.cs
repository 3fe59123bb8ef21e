using Hone.Tokenization.ChatTemplates.Conversations;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates;

/// <summary>
/// A model's chat template (Jinja), parsed once and rendered for each request, on any thread. The dialect and the handling of the
/// conversation are those of Hugging Face's <c>apply_chat_template</c>.
/// </summary>
public sealed class ChatTemplate
{
    private readonly Template _template;

    private ChatTemplate(string source, Template template) => (Source, _template) = (source, template);

    /// <summary>The template's text.</summary>
    public string Source { get; }

    /// <exception cref="ChatTemplateException">The template is not valid; the exception has line and column.</exception>
    public static ChatTemplate Parse(string source, ChatTemplateOptions? options = null) =>
        new(source, Template.Parse(source, options ?? ChatTemplateOptions.Default));

    /// <summary>The prompt of a conversation.</summary>
    /// <exception cref="ChatTemplateException">The template refuses the conversation, fails on it, or exceeds a budget.</exception>
    public MarkedText Render(ChatTemplateInput input) => RenderWithSpans(input).Text;

    /// <summary>As <see cref="Render"/>, with the parts that the assistant said.</summary>
    public ChatRendering RenderWithSpans(ChatTemplateInput input)
    {
        var final = FinalMessage.From(input, Source);
        var rendered = _template.Render(context => ConversationReader.Variables(input, final, context), input.Time);
        if (final is not null)
            rendered = final.Cut(rendered);
        return new ChatRendering(new MarkedText(rendered.Text, Ranges(rendered, Origin.Request)), Ranges(rendered, Origin.Generated));
    }

    private static List<Range> Ranges(StringValue text, Origin origin)
    {
        var ranges = new List<Range>();
        var start = 0;
        foreach (var (end, runOrigin) in text.RunsFrom(0))
        {
            if (runOrigin.HasFlag(origin))
            {
                if (ranges.Count > 0 && ranges[^1].End.Value == start)
                    ranges[^1] = ranges[^1].Start..end;
                else
                    ranges.Add(start..end);
            }
            start = end;
        }
        return ranges;
    }
}
