using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hone.Models.Config;

/// <summary>JSON files of a model folder: bounded in size and depth, and tolerant of the bare words that Python writes for infinities.</summary>
internal static class ConfigFile
{
    private const long MaxBytes = 16 << 20;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    public static JsonObject Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new ModelFormatException(path, "there is no such file.");
        if (file.Length > MaxBytes)
            throw new ModelFormatException(path, $"has {file.Length} bytes; a configuration has at most {MaxBytes}.");
        return Parse(path, File.ReadAllText(path));
    }

    public static JsonObject Parse(string where, string text)
    {
        try
        {
            return JsonNode.Parse(WithoutBareInfinities(text), documentOptions: Options) as JsonObject
                ?? throw new ModelFormatException(where, "is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new ModelFormatException(where, $"is not valid JSON: {e.Message}", e);
        }
    }

    /// <summary>Infinity and -Infinity outside strings become 1e999, which reads as infinite.</summary>
    private static string WithoutBareInfinities(string text)
    {
        const string word = "Infinity";
        if (!text.Contains(word, StringComparison.Ordinal))
            return text;
        var result = new StringBuilder(text.Length);
        var inString = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (!inString && c == 'I' && text.AsSpan(i).StartsWith(word))
            {
                result.Append("1e999");
                i += word.Length - 1;
                continue;
            }
            result.Append(c);
            if (c == '"')
                inString = !inString;
            else if (inString && c == '\\' && i + 1 < text.Length)
                result.Append(text[++i]);
        }
        return result.ToString();
    }
}
