using Hone.Tokenization.ChatTemplates;

namespace Hone.Unit.Tokenization.ChatTemplates;

/// <summary>Every operation on strings keeps which characters the request wrote; these stand in «».</summary>
public class Origins
{
    [Theory]
    [InlineData("<{{ c }}>", "<«ab c»>")]
    [InlineData("{{ '<' + c + '>' }}", "<«ab c»>")]
    [InlineData("{{ '<' ~ c ~ 1 }}", "<«ab c»1")]
    [InlineData("{{ '<%s>%d' % (c, 2) }}", "<«ab c»>2")]
    [InlineData("{{ '<{}|{:>6}>'.format(c, c) }}", "<«ab c»|  «ab c»>")]
    [InlineData("{{ ('<' + c + '>')[1:3] }}", "«ab»")]
    [InlineData("{{ ('<' + c + '>')[::-1] }}", ">«c ba»<")]
    [InlineData("{{ ('<' + c + '>')[2] }}", "«b»")]
    [InlineData("{{ ('x' + c)|upper }}", "X«AB C»")]
    [InlineData("{{ ('x' + c)|title }}", "X«ab C»")]
    [InlineData("{{ ('x ' + c).capitalize() }}", "X «ab c»")]
    [InlineData("{{ (' ' + c + ' ')|trim }}", "«ab c»")]
    [InlineData("{{ c|replace('b', '<>') }}", "«a»<>« c»")]
    [InlineData("{{ '<>'|replace('<', c) }}", "«ab c»>")]
    [InlineData("{{ ('<' + c).split('b') | join('|') }}", "<«a»|« c»")]
    [InlineData("{{ c|list|join('-') }}", "«a»-«b»-« »-«c»")]
    [InlineData("{% for x in '<' + c %}{{ x }}.{% endfor %}", "<.«a».«b».« ».«c».")]
    [InlineData("{{ c * 2 }}", "«ab cab c»")]
    [InlineData("{{ c|center(8) }}|", "  «ab c»  |")]
    [InlineData("{{ '[' ~ c.rjust(6, '.') }}", "[..«ab c»")]
    [InlineData("{{ c|indent(2, true) }}", "  «ab c»")]
    [InlineData("{{ c|truncate(3, true, '.', 0) }}", "«ab».")]
    [InlineData("{{ (c + '<')|e }}", "«ab c»&lt;")]
    [InlineData("{{ c.partition(' ')[0] ~ '!' }}", "«ab»!")]
    [InlineData("{{ (c ~ '\n')|tojson }}", "«\"ab c»\\n«\"»")]
    [InlineData("{{ [c, 'x'] }}", "[«'ab c'», 'x']")]
    [InlineData("{{ {'k': c}|tojson }}", "{\"k\": «\"ab c\"»}")]
    [InlineData("{% set x %}<{{ c }}>{% endset %}{{ x|upper }}", "<«AB C»>")]
    [InlineData("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(c) }}", "<«ab c»>")]
    [InlineData("{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}{{ c }}!{% endcall %}", "<«ab c»!>")]
    [InlineData("{% filter upper %}x{{ c }}{% endfilter %}", "X«AB C»")]
    [InlineData("{% set ns = namespace(t='') %}{% set ns.t = ns.t ~ '<' ~ c %}{{ ns.t }}", "<«ab c»")]
    [InlineData("{{ c|wordwrap(2) }}", "«ab»\n«c»")]
    [InlineData("{{ c|striptags }}", "«ab c»")]
    [InlineData("{{ c.encode() }}", "«b'ab c'»")]
    public void StayWithTheirCharacters(string template, string expected) =>
        Assert.Equal(expected, Chats.Marked("{% set c = messages[0].content %}" + template, Chats.Saying("ab c")));

    [Theory]
    [InlineData("{{ messages[0] }}", "«{'role': »'user'«, 'content': 'x', 'n': 5, 'l': [None, True, 1.5]}»")]
    [InlineData("{{ messages[0].l|tojson }}", "«[null, true, 1.5]»")]
    [InlineData("{{ messages[0].n + 1 }}/{{ 5 + 1 }}", "«6»/6")]
    [InlineData("{{ messages[0].keys()|list|join }}", "«rolecontentnl»")]
    [InlineData("{{ messages|length }}", "1")]
    public void OfStructuresAreTheRequests(string template, string expected) =>
        Assert.Equal(expected, Chats.Marked(template, Chats.Of(new { role = "user", content = "x", n = 5, l = new object?[] { null, true, 1.5 } })));

    [Fact]
    public void RolesOfTheProtocolAreTrustedAndOthersAreNot()
    {
        const string template = "{% for m in messages %}<|{{ m.role }}|>{% endfor %}";
        Assert.Equal("<|user|><|«pirate»|>", Chats.Marked(template, Chats.Of(new { role = "user" }, new { role = "pirate" })));
    }

    [Fact]
    public void SpecialTokensAreTrustedUnlessTheRequestGivesOne()
    {
        var input = Chats.Saying("x") with { SpecialTokens = new Dictionary<string, string> { ["bos_token"] = "<s>", ["eos_token"] = "</s>" } };
        Assert.Equal("<s></s>", Chats.Marked("{{ bos_token }}{{ eos_token }}", input));
        var variables = new Dictionary<string, System.Text.Json.JsonElement> { ["bos_token"] = Chats.Json("\"<s>\"") };
        Assert.Equal("«<s>»</s>", Chats.Marked("{{ bos_token }}{{ eos_token }}", input with { Variables = variables }));
    }

    [Fact]
    public void ToolsDocumentsAndVariablesAreTheRequests()
    {
        var input = Chats.Saying("x") with
        {
            Tools = Chats.Json("""[{"name": "f"}]"""),
            Documents = Chats.Json("""["d"]"""),
            Variables = new Dictionary<string, System.Text.Json.JsonElement> { ["v"] = Chats.Json("\"w\"") },
        };
        Assert.Equal("<«f»«d»«w»>".Replace("»«", "", StringComparison.Ordinal), Chats.Marked("<{{ tools[0].name }}{{ documents[0] }}{{ v }}>", input));
    }

    [Fact]
    public void GenerationBlocksAreKnownWhereverTheirTextGoes()
    {
        var template = ChatTemplate.Parse("{% macro m() %}[{% generation %}{{ messages[0].content }}!{% endgeneration %}]{% endmacro %}a{{ m() }}{% generation %}b{% endgeneration %}");
        var rendering = template.RenderWithSpans(Chats.Saying("x"));
        Assert.Equal("a[x!]b", rendering.Text.Text);
        Assert.Equal([2..4, 5..6], rendering.Generated);
        Assert.Equal([2..3], rendering.Text.Untrusted);
    }
}
