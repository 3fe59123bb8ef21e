using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using Hone.TestKit;

namespace Hone.Golden.Templates;

/// <summary>The files of golden/templates. Whoever enumerates them gets nothing where the set is absent; the tests then skip by name.</summary>
internal static class GoldenTemplates
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<JsonElement>> s_rows = new();
    private static readonly ConcurrentDictionary<string, Dictionary<string, JsonElement>> s_named = new();

    public static IReadOnlyList<JsonElement> Rows(string file) => s_rows.GetOrAdd(file, Read);

    /// <summary>The row of that name.</summary>
    public static JsonElement Row(string file, string name) => s_named.GetOrAdd(file, file => Rows(file).ToDictionary(row => row.GetProperty("name").GetString()!))[name];

    /// <summary>Name → template text and special tokens.</summary>
    public static JsonElement Templates()
    {
        using var stream = Open("templates.json.gz");
        return JsonDocument.Parse(stream).RootElement;
    }

    public static bool Has(string file) => GoldenRoot.Has("templates", file);

    private static List<JsonElement> Read(string file)
    {
        using var reader = new StreamReader(Open(file));
        var rows = new List<JsonElement>();
        while (reader.ReadLine() is { } line)
            rows.Add(JsonElement.Parse(line));
        return rows;
    }

    private static GZipStream Open(string file) => new(File.OpenRead(GoldenRoot.Require("templates", file)), CompressionMode.Decompress);
}
