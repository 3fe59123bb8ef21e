using System.Text.Json;

namespace Hone.Golden.Tokenizers;

/// <summary>Compares results with the fields of one golden case and collects the differences.</summary>
internal sealed class Check(JsonElement golden)
{
    public List<string> Failures { get; } = [];

    public bool Has(string field) => golden.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null;

    public string Text(string field) => golden.GetProperty(field).GetString()!;

    public (int, int)[] Offsets(string field) => golden.GetProperty(field).Pairs();

    public void Equal(string field, string actual) => Report(field, $"\"{Text(field).Escape()}\"", $"\"{actual.Escape()}\"");

    public void Equal(string field, IEnumerable<int> actual) => Report(field, string.Join(' ', golden.GetProperty(field).Ints()), string.Join(' ', actual));

    public void Equal(string field, IEnumerable<(int, int)> actual) => Report(field, string.Join(' ', Offsets(field)), string.Join(' ', actual));

    public void Equal(string field, IEnumerable<string> actual) => Report(field,
        string.Join('|', golden.GetProperty(field).EnumerateArray().Select(t => t.GetString()!.Escape())), string.Join('|', actual.Select(t => t.Escape())));

    public void Equal(string field, IEnumerable<string> texts, IEnumerable<(int, int)> ranges)
    {
        var expected = golden.GetProperty(field).EnumerateArray().Select(p => $"{p[0].GetString()!.Escape()} ({p[1][0]}, {p[1][1]})");
        Report(field, string.Join('|', expected), string.Join('|', texts.Zip(ranges, (t, r) => $"{t.Escape()} {r}")));
    }

    public void Lists(string field, IEnumerable<List<int>> actual) => Report(field,
        string.Join('|', golden.GetProperty(field).EnumerateArray().Select(l => string.Join(' ', l.Ints()))), string.Join('|', actual.Select(l => string.Join(' ', l))));

    public void Same(string what, IEnumerable<int> expected, IEnumerable<int> actual) => Report(what, string.Join(' ', expected), string.Join(' ', actual));

    public void Either(string what, (int, int) expected, params (int, int)[] actual)
    {
        if (!actual.Contains(expected))
            Report(what, expected.ToString(), string.Join(" or ", actual));
    }

    private void Report(string what, string expected, string actual)
    {
        if (expected == actual)
            return;
        var of = golden.TryGetProperty("text", out var text) ? $"\"{text.GetString()!.Escape()}\"" : golden.GetProperty("ids").ToString();
        Failures.Add($"{what} of {of}:\n   expected {expected}\n   got      {actual}");
    }
}
