using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hone.Models.Config;

/// <summary>
/// Typed, bounded reading of one JSON object of a model's configuration. A key whose value is null counts as absent, as in
/// Hugging Face's classes. What is missing without a fallback, of the wrong type or out of bounds is an error naming the key.
/// The bounds keep every product of two small numbers and every small multiple of a width within 31 bits.
/// </summary>
public class ConfigObject
{
    /// <summary>Largest number of layers, heads, groups, experts, taps, or numbers in a head.</summary>
    public const int MaxCount = 8192;

    /// <summary>Largest width of a row, size of a vocabulary, or length of a context.</summary>
    public const int MaxWidth = 1 << 24;

    internal ConfigObject(string where, JsonObject values) => (Where, Values) = (where, values);

    /// <summary>File (and key) for messages.</summary>
    public string Where { get; }

    /// <summary>The normalised values.</summary>
    internal JsonObject Values { get; }

    public bool Has(string name) => Values[name] is not null;

    /// <summary>A small whole number: layers, heads, groups, taps, numbers in a head.</summary>
    public int Count(string name, int? fallback = null, int min = 1) => Whole(name, fallback, min, MaxCount);

    /// <summary>A width, vocabulary or length.</summary>
    public int Width(string name, int? fallback = null) => Whole(name, fallback, 1, MaxWidth);

    /// <summary>A finite number.</summary>
    public double Number(string name, double? fallback = null)
    {
        var value = Read(name, fallback, Real);
        return double.IsFinite(value) ? value : throw Error(name, "must be finite");
    }

    public bool Flag(string name, bool fallback) => Read<bool>(name, fallback, (_, node) => node is JsonValue v && v.TryGetValue(out bool b) ? b : null);

    public string Text(string name, string? fallback = null)
    {
        if (Values[name] is not { } node)
            return fallback ?? throw Error(name, "is missing");
        return node is JsonValue v && v.TryGetValue(out string? text) ? text : throw Error(name, "must be a string");
    }

    /// <summary>A list of strings, or null if absent.</summary>
    public string[]? Texts(string name) =>
        List(name, (_, node) => node is JsonValue v && v.TryGetValue(out string? text) ? text : throw Error(name, "must be a list of strings"));

    /// <summary>A list of numbers (infinite ones allowed), or null if absent.</summary>
    public double[]? Numbers(string name) => List(name, (n, node) => Real(n, node) ?? throw Error(n, "must be a list of numbers"));

    /// <summary>Ids: one whole number, or a list of them; empty if absent.</summary>
    public int[] Ids(string name)
    {
        var values = Values[name] is JsonArray ? Numbers(name)! : Values[name] is null ? [] : [Number(name)];
        return Array.ConvertAll(values, v => v == Math.Floor(v) && v is >= 0 and < int.MaxValue ? (int)v : throw Error(name, "must be token ids"));
    }

    /// <summary>A nested object, or null if absent.</summary>
    public ConfigObject? Section(string name) => Values[name] switch
    {
        null => null,
        JsonObject inner => new ConfigObject($"{Where}: {name}", inner),
        _ => throw Error(name, "must be an object"),
    };

    /// <summary>An error about one key.</summary>
    public ModelFormatException Error(string name, string problem) => new(Where, $"'{name}' {problem}.");

    private int Whole(string name, int? fallback, int min, int max)
    {
        var value = Read(name, fallback, Real);
        return value == Math.Floor(value) && value >= min && value <= max
            ? (int)value
            : throw Error(name, $"must be a whole number from {min} to {max}");
    }

    private T Read<T>(string name, T? fallback, Func<string, JsonNode, T?> convert) where T : struct
    {
        if (Values[name] is not { } node)
            return fallback ?? throw Error(name, "is missing");
        return convert(name, node) ?? throw Error(name, $"must be a {(typeof(T) == typeof(bool) ? "truth value" : "number")}");
    }

    private T[]? List<T>(string name, Func<string, JsonNode?, T> convert) => Values[name] switch
    {
        null => null,
        JsonArray list when list.Count <= MaxCount => [.. list.Select(node => convert(name, node))],
        _ => throw Error(name, $"must be a list of at most {MaxCount} values"),
    };

    /// <summary>A number, or transformers 5's way to write an infinite one: {"__float__": "Infinity"}.</summary>
    private static double? Real(string name, JsonNode? node)
    {
        if (node is JsonObject o && o["__float__"] is JsonValue special && special.TryGetValue(out string? text))
            return text switch { "Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, _ => null };
        return node is JsonValue v && v.GetValueKind() == JsonValueKind.Number && v.TryGetValue(out double number) ? number : null;
    }
}
