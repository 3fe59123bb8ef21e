using System.IO.Compression;
using System.Text.Json;
using Hone.TestKit;

namespace Hone.Golden.Templates;

/// <summary>The files of golden/templates. Whoever enumerates them gets nothing where the set is absent; the tests then skip by name.</summary>
internal static class GoldenTemplates
{
    public static IReadOnlyList<JsonElement> Rows(string file)
    {
        using var reader = new StreamReader(Open(file));
        var rows = new List<JsonElement>();
        while (reader.ReadLine() is { } line)
            rows.Add(JsonElement.Parse(line));
        return rows;
    }

    /// <summary>Name → template text and special tokens.</summary>
    public static JsonElement Templates()
    {
        using var stream = Open("templates.json.gz");
        return JsonDocument.Parse(stream).RootElement;
    }

    public static bool Has(string file) => GoldenRoot.Has("templates", file);

    private static GZipStream Open(string file) => new(File.OpenRead(GoldenRoot.Require("templates", file)), CompressionMode.Decompress);
}
