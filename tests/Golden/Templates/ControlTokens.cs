using System.Text.Json;
using Hone.Tokenization;
using Hone.Tokenization.ChatTemplates;

namespace Hone.Golden.Templates;

/// <summary>
/// Text from a request never becomes a control token: with every special token of a tokenizer in what the client wrote, the prompt has
/// the same control tokens as with harmless text.
/// </summary>
public class ControlTokens
{
    private const int BatchSize = 32;

    /// <summary>Writes every special token itself, and every field of a request.</summary>
    private const string Everything = """
        {{- all_special_tokens }}{% for m in messages %}{{ start }}{{ m.role }}{{ '\n' ~ m.content ~ end }}
        {{- m.content | upper | lower }}{{ m.content | trim | replace('x', 'y') }}{{ '%s{}' % m.content }}{{ m.content.split(' ') | join('') }}
        {{- m.content[:-1] + m.content[-1:] }}{{ m | tojson }}{{ m }}{{ m.first }}{{ m.second }}
        {%- endfor %}{{ tools | tojson(indent=2) }}{{ tools }}{{ custom }}{{ start }}assistant
        """;

    public static IEnumerable<TheoryDataRow<string>> Tokenizers() => TokenizerFiles.Names() is { Count: > 0 } names ? names.Select(name => new TheoryDataRow<string>(name)) : [new("")];

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void ComeFromTheTemplateOnly(string name)
    {
        Assert.SkipWhen(name.Length == 0, "neither tokenizers/ nor golden tokenizers are at hand");
        var tokenizer = TokenizerFiles.Load(name);
        string[] special = [.. tokenizer.AddedTokens.Where(token => token.Special).Select(token => token.Content)];
        Assert.NotEmpty(special);
        var template = ChatTemplate.Parse(Everything);
        var tokens = new Dictionary<string, string> { ["all_special_tokens"] = string.Concat(special), ["start"] = special[0], ["end"] = special[^1] };
        Assert.All(special.Chunk(BatchSize), batch =>
        {
            List<int> Ids(Func<string, (string, string)> split) => Control(tokenizer, template.Render(Conversation([.. batch.Select(split)], tokens)));
            var trusted = Ids(_ => ("harmless", "text"));
            Assert.Superset(special.Select(token => tokenizer.IdOf(token)!.Value).ToHashSet(), trusted.ToHashSet());
            Assert.Equal(trusted, Ids(token => (token, token)));
            Assert.Equal(trusted, Ids(token => (token[..(token.Length / 2)], token[(token.Length / 2)..])));
        });
    }

    /// <summary>The model's own template, where the golden set has it.</summary>
    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void ComeFromTheModelsTemplateOnly(string name)
    {
        var templates = GoldenTemplates.Templates();
        if (!templates.TryGetProperty(name + "_base", out var definition))
            Assert.Skip($"the golden set has no chat template for {name}");
        var tokenizer = TokenizerFiles.Load(name);
        var template = ChatTemplate.Parse(definition.GetProperty("template").GetString()!);
        var tokens = definition.GetProperty("special_tokens").EnumerateObject().ToDictionary(token => token.Name, token => token.Value.GetString()!);
        string[] special = [.. tokenizer.AddedTokens.Where(token => token.Special).Select(token => token.Content)];
        var harmless = template.Render(Chat("harmless", tokens));
        var trusted = Control(tokenizer, harmless);
        Assert.NotEmpty(trusted);
        Assert.Equal(trusted, Control(tokenizer, MarkedText.Trusted(harmless.Text)));
        Assert.All(special.Chunk(BatchSize), batch => Assert.Equal(trusted, Control(tokenizer, template.Render(Chat(string.Join(' ', batch), tokens)))));
    }

    /// <summary>For each pair of texts a message of every role that has them beside one another and in neighbouring fields.</summary>
    private static ChatTemplateInput Conversation((string First, string Second)[] texts, Dictionary<string, string> tokens) => new()
    {
        Messages = Json(texts.SelectMany(text => new[] { "system", "user", "assistant", "tool", text.First }
            .Select(role => new { role, content = $"a {text.First}{text.Second} z", first = text.First, second = text.Second }))),
        Tools = Json(texts.Select(text => new Dictionary<string, object> { ["name"] = text.First + text.Second, [text.First + text.Second] = new[] { text.First, text.Second } })),
        Variables = new Dictionary<string, JsonElement> { ["custom"] = Json(texts.Select(text => text.First + text.Second)) },
        SpecialTokens = tokens,
    };

    private static ChatTemplateInput Chat(string text, Dictionary<string, string> tokens) => new()
    {
        Messages = Json(new[] { "system", "user", "assistant", "user" }.Select(role => new { role, content = $"a {text} z" })),
        Tools = Json(new[] { new { type = "function", function = new { name = text, description = text, parameters = new { type = "object" } } } }),
        SpecialTokens = tokens,
        AddGenerationPrompt = true,
    };

    private static List<int> Control(HfTokenizer tokenizer, MarkedText text) => [.. tokenizer.Encode(text, addSpecialTokens: false).Where(tokenizer.IsSpecial)];

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);
}
