using System.Text.Json;
using Hone.Tokenization;
using Hone.Tokenization.ChatTemplates;

namespace Hone.Unit.Tokenization.ChatTemplates;

/// <summary>Conversations for tests, and a notation for who wrote what: the request's characters stand in «».</summary>
internal static class Chats
{
    public static ChatTemplateInput Of(params object[] messages) => new() { Messages = JsonSerializer.SerializeToElement(messages) };

    public static ChatTemplateInput Saying(string content) => Of(new { role = "user", content });

    public static JsonElement Json(string text) => JsonElement.Parse(text);

    public static string Marked(string template, ChatTemplateInput input) => Mark(ChatTemplate.Parse(template).Render(input));

    public static string Mark(MarkedText text)
    {
        var marked = text.Text;
        foreach (var range in text.Untrusted.Reverse())
            marked = marked.Insert(range.End.Value, "»").Insert(range.Start.Value, "«");
        return marked;
    }
}
