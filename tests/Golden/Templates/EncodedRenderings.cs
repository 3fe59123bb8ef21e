using System.Text.Json;
using Hone.TestKit;
using Hone.Tokenization;
using Hone.Tokenization.ChatTemplates;

namespace Hone.Golden.Templates;

/// <summary>
/// The plain path: render, then encode with everything trusted. Control text inside a message does become a token there, as in the reference.
/// </summary>
public class EncodedRenderings
{
    private const string Suffix = "_base";

    public static IEnumerable<TheoryDataRow<string>> Templates()
    {
        if (!GoldenTemplates.Has("renderings.jsonl.gz"))
            return [new("")];
        return GoldenTemplates.Rows("renderings.jsonl.gz").Where(row => row.TryGetProperty("ids", out _))
            .Select(row => row.GetProperty("template").GetString()!).Distinct().Select(name => new TheoryDataRow<string>(name));
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void HaveTheReferencesIds(string name)
    {
        Assert.SkipWhen(name.Length == 0, "templates/renderings.jsonl.gz is not in the golden set");
        var definition = GoldenTemplates.Templates().GetProperty(name);
        var template = ChatTemplate.Parse(definition.GetProperty("template").GetString()!);
        var tokenizer = TokenizerFiles.Load(name.Replace(Suffix, "", StringComparison.Ordinal));
        var rows = GoldenTemplates.Rows("renderings.jsonl.gz").Where(row => row.GetProperty("template").GetString() == name && row.TryGetProperty("ids", out _));
        Assert.All(rows, row => Assert.Equal(Ids(row), tokenizer.Encode(template.Render(Renderings.Input(row, definition)).Text, addSpecialTokens: false)));
    }

    [Fact]
    public void SmolLM2ChatsHaveTheReferencesIds()
    {
        using var chats = JsonDocument.Parse(File.ReadAllBytes(GoldenRoot.Require("smollm2", "chat.json")));
        var definition = GoldenTemplates.Templates().GetProperty("smollm2" + Suffix);
        var template = ChatTemplate.Parse(definition.GetProperty("template").GetString()!);
        var tokenizer = TokenizerFiles.Load("smollm2");
        Assert.All(chats.RootElement.EnumerateArray(), chat =>
        {
            var rendered = template.Render(Renderings.Input(chat, definition) with { Variables = new Dictionary<string, JsonElement>() });
            Assert.Equal(chat.GetProperty("text").GetString(), rendered.Text);
            Assert.Equal(Ids(chat), tokenizer.Encode(rendered.Text, addSpecialTokens: false));
        });
    }

    private static IEnumerable<int> Ids(JsonElement row) => row.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32());
}
