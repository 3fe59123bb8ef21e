using System.Text.Json;
using Hone.Tokenization.ChatTemplates;

namespace Hone.Unit.Tokenization.ChatTemplates;

/// <summary>Errors say what, and where in the template.</summary>
public class Errors
{
    [Theory]
    [InlineData("a\n{% if %}", ChatTemplateErrorKind.Syntax, 2, 7)]
    [InlineData("a\r\nb {{ 1 + }}", ChatTemplateErrorKind.Syntax, 2, 10)]
    [InlineData("{{ 'x }}", ChatTemplateErrorKind.Syntax, 1, 4)]
    [InlineData("\n\n  {{ messages|nosuch }}", ChatTemplateErrorKind.Syntax, 3, 15)]
    [InlineData("{# open", ChatTemplateErrorKind.Syntax, 1, 1)]
    [InlineData("{% raw %}x", ChatTemplateErrorKind.Syntax, 1, 1)]
    public void OfTheSyntaxHaveLineAndColumn(string template, ChatTemplateErrorKind kind, int line, int column)
    {
        var thrown = Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(template));
        Assert.Equal((kind, line, column), (thrown.Kind, thrown.Line, thrown.Column));
    }

    [Theory]
    [InlineData("a\n{{ 1 + 'a' }}", ChatTemplateErrorKind.Runtime, 2, 6)]
    [InlineData("{{ nothing.x }}", ChatTemplateErrorKind.Undefined, 1, 11)]
    [InlineData("{% if true %}\n  {{ raise_exception('no') }}{% endif %}", ChatTemplateErrorKind.Raised, 2, 21)]
    [InlineData("{% macro m() %}\n{{ 1 / 0 }}{% endmacro %}\n{{ m() }}", ChatTemplateErrorKind.Runtime, 2, 6)]
    [InlineData("{{ [].append(1) }}", ChatTemplateErrorKind.Security, 1, 13)]
    [InlineData("{{ 'a'|urlize }}", ChatTemplateErrorKind.Unsupported, 1, 8)]
    public void OfTheRenderingHaveLineAndColumn(string template, ChatTemplateErrorKind kind, int line, int column)
    {
        var thrown = Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(template).Render(Chats.Saying("x")));
        Assert.Equal((kind, line, column), (thrown.Kind, thrown.Line, thrown.Column));
    }

    [Theory]
    [InlineData("[]", "empty conversation")]
    [InlineData("{}", "must be an array")]
    [InlineData("[5]", "must be an object")]
    [InlineData("""[{"role": "user", "content": "\ud800"}]""", "Unicode")]
    public void OfTheConversationAreItsOwnKind(string messages, string message)
    {
        var thrown = Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse("x").Render(new ChatTemplateInput { Messages = Chats.Json(messages) }));
        Assert.Equal(ChatTemplateErrorKind.Input, thrown.Kind);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("messages")]
    [InlineData("tools")]
    [InlineData("documents")]
    [InlineData("add_generation_prompt")]
    public void AVariableCannotTakeThePlaceOfTheConversation(string name)
    {
        var input = Chats.Saying("x") with { Variables = new Dictionary<string, JsonElement> { [name] = Chats.Json("[]") } };
        Assert.Equal(ChatTemplateErrorKind.Input, Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse("x").Render(input)).Kind);
    }
}
