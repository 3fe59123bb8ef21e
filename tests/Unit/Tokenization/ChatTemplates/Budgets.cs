using Hone.Tokenization.ChatTemplates;

namespace Hone.Unit.Tokenization.ChatTemplates;

/// <summary>No template takes more than its budgets, whatever it does; and what is deep ends in an error, not in a lost process.</summary>
public class Budgets
{
    [Theory]
    [InlineData("{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}{% endfor %}{% endfor %}{% endfor %}")]
    [InlineData("{% set ns = namespace(l=[1]) %}{% for i in range(64) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}")]
    [InlineData("{% set ns = namespace(l=[1]) %}{% for i in range(64) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l|tojson }}")]
    [InlineData("{% set a = namespace(l=[1], m=[1]) %}{% for i in range(64) %}{% set a.l = [a.l, a.l] %}{% set a.m = [a.m, a.m] %}{% endfor %}{{ a.l == a.m }}")]
    [InlineData("{% set a = namespace(l=(1,)) %}{% for i in range(64) %}{% set a.l = (a.l, a.l) %}{% endfor %}{{ {a.l: 1} }}")]
    [InlineData("{% set ns = namespace(l=[]) %}{% for i in range(100000) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}")]
    [InlineData("{% set ns = namespace(l=[]) %}{% for i in range(100000) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l|tojson }}")]
    [InlineData("{% set ns = namespace(l=(1,)) %}{% for i in range(100000) %}{% set ns.l = (ns.l,) %}{% endfor %}{{ {ns.l: 1}|length }}")]
    [InlineData("{{ ([1] * 100000)|map('string')|list|join('x' * 100000) }}")]
    [InlineData("{% set ns = namespace(l=[1]) %}{% for i in range(100000) %}{% set ns.l = ns.l|map('string') %}{% endfor %}{{ ns.l|list }}")]
    [InlineData("{% set ns = namespace() %}{% set ns.a = ns %}{{ ns }}")]
    [InlineData("{{ '%.999999999f' % 1 }}")]
    [InlineData("{{ '{:.999999999e}'.format(1.0) }}")]
    [InlineData("{{ '%.*d' % (999999999, 1) }}")]
    [InlineData("{{ (99).to_bytes(999999999, 'big') }}")]
    [InlineData("{{ 'a\tb'.expandtabs(999999999) }}")]
    [InlineData("{% set ns = namespace(n=3) %}{% for i in range(100) %}{% set ns.n = ns.n * ns.n %}{% endfor %}")]
    [InlineData("{{ messages[0].content.replace('', messages[0].content * 1000) }}")]
    [InlineData("{% block a %}{{ self.a() }}{% endblock %}")]
    [InlineData("{% macro m(n) %}{{ caller(n) }}{% endmacro %}{% macro r(n) %}{% call(k) m(n) %}{{ r(k) }}{% endcall %}{% endmacro %}{{ r(1) }}")]
    public void AreKept(string template)
    {
        var parsed = ChatTemplate.Parse(template);
        var thrown = Assert.Throws<ChatTemplateException>(() => parsed.Render(Chats.Saying(new string('a', 100_000))));
        Assert.Equal(ChatTemplateErrorKind.Limit, thrown.Kind);
        Assert.True(thrown.Line > 0);
    }

    [Theory]
    [InlineData("(", 100_000)]
    [InlineData("[", 100_000)]
    [InlineData("{1:", 100_000)]
    [InlineData("-", 100_001)]
    [InlineData("not ", 100_000)]
    [InlineData("x[", 100_000)]
    [InlineData("x(", 100_000)]
    [InlineData("x if x else ", 100_000)]
    [InlineData("x is in ", 100_000)]
    public void DeepExpressionsAreRefused(string part, int count)
    {
        var template = "{{ " + string.Concat(Enumerable.Repeat(part, count));
        var thrown = Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(template));
        Assert.True(thrown.Kind is ChatTemplateErrorKind.Limit or ChatTemplateErrorKind.Syntax, thrown.Message);
    }

    [Theory]
    [InlineData("+1")]
    [InlineData(" and 1")]
    [InlineData(" or 0")]
    [InlineData(".real")]
    [InlineData("|abs")]
    [InlineData("|string|int")]
    [InlineData(" if 1")]
    [InlineData("|string is defined")]
    public void LongChainsEndInAnErrorOrAResult(string link)
    {
        var template = ChatTemplate.Parse("{{ 1" + string.Concat(Enumerable.Repeat(link, 50_000)) + " }}");
        var thrown = Record.Exception(() => template.Render(Chats.Saying("x")));
        Assert.True(thrown is null or ChatTemplateException { Kind: ChatTemplateErrorKind.Limit }, thrown?.ToString());
    }

    [Fact]
    public void CanBeSet()
    {
        var template = ChatTemplate.Parse("{% for i in range(10) %}{{ i }}{% endfor %}", new ChatTemplateOptions { MaxSteps = 20 });
        Assert.Equal(ChatTemplateErrorKind.Limit, Assert.Throws<ChatTemplateException>(() => template.Render(Chats.Saying("x"))).Kind);
        template = ChatTemplate.Parse("{{ messages[0].content }}", new ChatTemplateOptions { MaxLength = 3 });
        Assert.Equal("abc", template.Render(Chats.Saying("abc")).Text);
        Assert.Equal(ChatTemplateErrorKind.Limit, Assert.Throws<ChatTemplateException>(() => template.Render(Chats.Saying("abcd"))).Kind);
    }
}
