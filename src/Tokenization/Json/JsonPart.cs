using System.Text;
using System.Text.Json;

namespace Hone.Tokenization.Json;

/// <summary>A value in a tokenizer.json and the path to it; what is not as expected is a <see cref="TokenizerFormatException"/> with that path.</summary>
internal readonly struct JsonPart(JsonElement element, string path)
{
    public JsonElement Element => element;

    public string Path => path;

    public bool IsNull => element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    public TokenizerFormatException Error(string what) => new(path, what);

    /// <summary>A member; a missing one is null.</summary>
    public JsonPart this[string name] =>
        new(Expect(JsonValueKind.Object, "an object").TryGetProperty(name, out var value) ? value : default, path.Length == 0 ? name : $"{path}.{name}");

    public string Type => this["type"].String();

    public string String()
    {
        Expect(JsonValueKind.String, "a string");
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new TokenizerFormatException(path, "a string that is not valid Unicode", e);
        }
    }

    public string? StringOrNull() => IsNull ? null : String();

    public int Int(int min = 0, int max = int.MaxValue)
    {
        Expect(JsonValueKind.Number, "a number");
        return element.TryGetInt32(out var value) && value >= min && value <= max ? value : throw Error($"a whole number from {min} to {max} was expected");
    }

    public int? IntOrNull(int min = 0, int max = int.MaxValue) => IsNull ? null : Int(min, max);

    public double Double()
    {
        Expect(JsonValueKind.Number, "a number");
        return element.TryGetDouble(out var value) && double.IsFinite(value) ? value : throw Error("a finite number was expected");
    }

    public bool Bool(bool missing) => IsNull ? missing : element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Error("true or false was expected"),
    };

    public bool? BoolOrNull() => IsNull ? null : Bool(false);

    public char Char()
    {
        var text = String();
        return text.Length == 1 ? text[0] : throw Error($"a single character was expected, not {Quote.Of(text)}");
    }

    public Rune Rune()
    {
        var text = String();
        return System.Text.Rune.TryGetRuneAt(text.Length == 0 ? "\uD800" : text, 0, out var rune) && rune.Utf16SequenceLength == text.Length
            ? rune : throw Error($"a single character was expected, not {Quote.Of(text)}");
    }

    /// <summary>One of some names.</summary>
    public T Choice<T>(params (string Name, T Value)[] choices)
    {
        var text = String();
        foreach (var (name, value) in choices)
        {
            if (name == text)
                return value;
        }
        throw Error($"{Quote.Of(text)} is not known; known are {string.Join(", ", choices.Select(c => c.Name))}");
    }

    /// <summary>The items of an array; null has none.</summary>
    public IEnumerable<JsonPart> Items()
    {
        if (IsNull)
            yield break;
        var index = 0;
        foreach (var item in Expect(JsonValueKind.Array, "an array").EnumerateArray())
            yield return new(item, $"{path}[{index++}]");
    }

    /// <summary>The members of an object, in the order of the file.</summary>
    public IEnumerable<(string Name, JsonPart Value)> Members()
    {
        foreach (var property in Expect(JsonValueKind.Object, "an object").EnumerateObject())
        {
            var name = Name(property);
            yield return (name, new(property.Value, $"{path}[{Quote.Of(name)}]"));
        }
    }

    private string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException e)
        {
            throw new TokenizerFormatException(path, "a name that is not valid Unicode", e);
        }
    }

    private JsonElement Expect(JsonValueKind kind, string what) => element.ValueKind == kind ? element
        : throw Error(IsNull ? $"{what} was expected, and nothing is there" : $"{what} was expected, not {element.ValueKind}");
}
