using Hone.Tokenization.ChatTemplates;

namespace Hone.Unit.Tokenization.ChatTemplates;

/// <summary>A final message that the model is to continue.</summary>
public class Continuation
{
    private const string Template = "{% for m in messages %}<{{ m.role }}>{{ m.content }}</s>{% endfor %}";

    [Fact]
    public void EndsThePromptInsideTheMessage()
    {
        var input = Chats.Of(new { role = "user", content = "q" }, new { role = "assistant", content = "It is " }) with { ContinueField = "content" };
        Assert.Equal("<user>«q»</s><assistant>«It is »", Chats.Marked(Template, input));
        Assert.Equal("<user>«q»</s><assistant>«It is»", Chats.Marked("{% for m in messages %}<{{ m.role }}>{{ m.content|trim }}</s>{% endfor %}", input));
    }

    [Fact]
    public void CannotBeForged()
    {
        const string reversed = "{{ messages[1].content }}|{{ messages[0].content }}";
        var input = Chats.Of(new { role = "user", content = "CONTINUE_FINAL_MESSAGE_TAG x" }, new { role = "assistant", content = "y" }) with { ContinueField = "content" };
        Assert.Equal("«y»", Chats.Marked(reversed, input));
    }

    [Fact]
    public void OfPartsIsInTheLastText()
    {
        const string template = "{% for p in messages[0].content %}{{ p.text }};{% endfor %}";
        var input = Chats.Of(new { role = "assistant", content = new object[] { new { text = "a" }, new { text = "b" }, new { type = "image" } } }) with { ContinueField = "content" };
        Assert.Equal("«a»;«b»", Chats.Marked(template, input));
    }

    [Fact]
    public void IsRefusedWhereTheTemplateDropsTheMessage()
    {
        var input = Chats.Saying("x") with { ContinueField = "content" };
        Assert.Equal(ChatTemplateErrorKind.Input, Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse("nothing").Render(input)).Kind);
    }
}
