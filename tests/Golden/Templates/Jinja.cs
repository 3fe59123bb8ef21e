using System.Diagnostics;
using System.Text.Json;
using Hone.Tokenization.ChatTemplates;
using Hone.Tokenization.ChatTemplates.Json;

namespace Hone.Golden.Templates;

/// <summary>The dialect of Jinja: every row of the conformance set and of the resource bombs.</summary>
public class Jinja
{
    public static IEnumerable<TheoryDataRow<string>> Dialect() => Names("jinja.jsonl.gz");

    public static IEnumerable<TheoryDataRow<string>> Bombs() => Names("limits.jsonl.gz");

    [Theory]
    [MemberData(nameof(Dialect))]
    public void IsTheReferences(string name)
    {
        var row = Row("jinja.jsonl.gz", name);
        if (row.TryGetProperty("error", out var error))
        {
            var thrown = Assert.Throws<ChatTemplateException>(() => Render(row));
            Assert.Equal(error.GetProperty("kind").GetString(), thrown.Kind.ToString().ToLowerInvariant());
            if (error.GetProperty("exact").GetBoolean())
                Assert.Equal(error.GetProperty("message").GetString(), thrown.Message);
            if (error.TryGetProperty("line", out var line) && line.ValueKind == JsonValueKind.Number)
                Assert.Equal(line.GetInt32(), thrown.Line);
            return;
        }
        string rendered;
        try
        {
            rendered = Render(row);
        }
        catch (ChatTemplateException unsupported) when (unsupported.Kind == ChatTemplateErrorKind.Unsupported && row.TryGetProperty("rare", out _))
        {
            Assert.Skip($"{name}: {unsupported.Message}");
            return;
        }
        if (row.TryGetProperty("expected", out var expected))
            Assert.Equal(expected.GetString(), rendered);
        else
            Assert.True(row.GetProperty("expected_any").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public void BombIsRefused(string name)
    {
        var row = Row("limits.jsonl.gz", name);
        var watch = Stopwatch.StartNew();
        var thrown = Assert.Throws<ChatTemplateException>(() => Render(row));
        var isError = row.GetProperty("policy").GetString()!.StartsWith("error", StringComparison.Ordinal);
        Assert.Equal(isError ? ChatTemplateErrorKind.Runtime : ChatTemplateErrorKind.Limit, thrown.Kind);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{name} took {watch.Elapsed}");
    }

    private static string Render(JsonElement row)
    {
        var template = Template.Parse(row.GetProperty("template").GetString()!, ChatTemplateOptions.Default);
        return template.Render(
            context => row.GetProperty("context").EnumerateObject().Select(variable => KeyValuePair.Create(variable.Name, JsonReader.Read(variable.Value, context))),
            FixedClock.Of(row)).Text;
    }

    private static JsonElement Row(string file, string name)
    {
        Assert.SkipWhen(name.Length == 0, $"templates/{file} is not in the golden set");
        return GoldenTemplates.Row(file, name);
    }

    private static IEnumerable<TheoryDataRow<string>> Names(string file) =>
        GoldenTemplates.Has(file) ? GoldenTemplates.Rows(file).Select(row => new TheoryDataRow<string>(row.GetProperty("name").GetString()!)) : [new("")];
}
