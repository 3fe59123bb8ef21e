using Hone.Tokenization.ChatTemplates;

namespace Hone.Unit.Tokenization.ChatTemplates;

public class Concurrency
{
    [Fact]
    public void OneTemplateServesManyThreads()
    {
        var template = ChatTemplate.Parse("{% set ns = namespace(n=0) %}{% for m in messages %}{% set ns.n = ns.n + 1 %}{{ ns.n }}{{ m.content }}{% endfor %}");
        Parallel.For(0, 200, i =>
        {
            var messages = Enumerable.Range(0, 20).Select(k => (object)new { role = "user", content = $"<{i},{k}>" }).ToArray();
            var expected = string.Concat(Enumerable.Range(0, 20).Select(k => $"{k + 1}<{i},{k}>"));
            Assert.Equal(expected, template.Render(Chats.Of(messages)).Text);
        });
    }
}
