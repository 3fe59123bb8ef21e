using System.Text.Json;
using Hone.Tokenization.ChatTemplates;

namespace Hone.Golden.Templates;

/// <summary>Every template with every conversation: the text, the parts that the assistant said, or the error.</summary>
public class Renderings
{
    private static readonly string[] s_known =
        ["template", "case", "messages", "tools", "documents", "add_generation_prompt", "continue_final_message", "now", "expected", "error", "ids", "generation_spans"];

    private static readonly Lazy<ILookup<string, JsonElement>> s_rows =
        new(() => GoldenTemplates.Rows("renderings.jsonl.gz").ToLookup(row => row.GetProperty("template").GetString()!));

    public static IEnumerable<TheoryDataRow<string>> Templates() => GoldenTemplates.Has("templates.json.gz")
        ? GoldenTemplates.Templates().EnumerateObject().Select(template => new TheoryDataRow<string>(template.Name)) : [new("")];

    [Theory]
    [MemberData(nameof(Templates))]
    public void AreTheReferences(string name)
    {
        Assert.SkipWhen(name.Length == 0, "templates/templates.json.gz is not in the golden set");
        var definition = GoldenTemplates.Templates().GetProperty(name);
        var template = ChatTemplate.Parse(definition.GetProperty("template").GetString()!);
        var rows = s_rows.Value[name].ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Check(row, template, Input(row, definition)));
    }

    internal static ChatTemplateInput Input(JsonElement row, JsonElement definition) => new()
    {
        Messages = row.GetProperty("messages"),
        Tools = Optional(row, "tools"),
        Documents = Optional(row, "documents"),
        AddGenerationPrompt = Optional(row, "add_generation_prompt") is { ValueKind: JsonValueKind.True },
        ContinueField = Optional(row, "continue_final_message") switch
        {
            { ValueKind: JsonValueKind.True } => "content",
            { ValueKind: JsonValueKind.String } field => field.GetString(),
            _ => null,
        },
        Variables = row.EnumerateObject().Where(field => !s_known.Contains(field.Name)).ToDictionary(field => field.Name, field => field.Value),
        SpecialTokens = definition.GetProperty("special_tokens").EnumerateObject().ToDictionary(token => token.Name, token => token.Value.GetString()!),
        Time = FixedClock.Of(row),
    };

    private static void Check(JsonElement row, ChatTemplate template, ChatTemplateInput input)
    {
        if (row.TryGetProperty("error", out var error))
        {
            CheckError(error, Assert.Throws<ChatTemplateException>(() => template.RenderWithSpans(input)));
            return;
        }
        var rendering = template.RenderWithSpans(input);
        Assert.Equal(row.GetProperty("expected").GetString(), rendering.Text.Text);
        if (row.TryGetProperty("generation_spans", out var spans))
            Assert.Equal(spans.EnumerateArray().SelectMany(span => Between(span[0].GetInt32(), span[1].GetInt32())), Generated(rendering));
    }

    private static void CheckError(JsonElement error, ChatTemplateException thrown)
    {
        var message = error.GetProperty("message").GetString()!;
        switch (error.GetProperty("class").GetString())
        {
            case "TemplateError":
                Assert.Equal((ChatTemplateErrorKind.Raised, message), (thrown.Kind, thrown.Message));
                break;
            case "UndefinedError":
                Assert.Equal((ChatTemplateErrorKind.Undefined, message), (thrown.Kind, thrown.Message));
                break;
            case "ValueError": // of the steps around the template; the reference appends the whole conversation to one of them
                Assert.Equal(ChatTemplateErrorKind.Input, thrown.Kind);
                Assert.StartsWith(thrown.Message, message, StringComparison.Ordinal);
                break;
            default:
                Assert.Equal(ChatTemplateErrorKind.Runtime, thrown.Kind);
                break;
        }
        if (thrown.Kind != ChatTemplateErrorKind.Input)
            Assert.True(thrown.Line > 0 && thrown.Column > 0);
    }

    /// <summary>Positions in code points; blocks that touch are one range to the engine and two to the reference.</summary>
    private static IEnumerable<int> Generated(ChatRendering rendering)
    {
        int CodePoints(Index index) => rendering.Text.Text[..index].EnumerateRunes().Count();
        return rendering.Generated.SelectMany(range => Between(CodePoints(range.Start), CodePoints(range.End)));
    }

    private static IEnumerable<int> Between(int start, int end) => Enumerable.Range(start, end - start);

    private static JsonElement? Optional(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
