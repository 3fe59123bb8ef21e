using System.Diagnostics.CodeAnalysis;

namespace Hone.Models.Weights.Gguf;

/// <summary>The key/value pairs of a GGUF header. Values stay in the file and are decoded when asked for.</summary>
public sealed class GgufMetadata
{
    private const int MaxKeys = 1 << 12;
    private const int MaxKeyBytes = (1 << 16) - 1; // the format's own limit
    private const int MaxNesting = 4;
    private const int MinPairBytes = 8 + 1 + 4 + 1;

    private readonly FileBytes _file;
    private readonly Dictionary<string, GgufValue> _values;

    private GgufMetadata(FileBytes file, Dictionary<string, GgufValue> values) => (_file, _values) = (file, values);

    public IEnumerable<string> Keys => _values.Keys;

    public int Count => _values.Count;

    /// <summary>The value of a key that has to be there.</summary>
    public GgufValue this[string key] =>
        TryGet(key, out var value) ? value : throw new WeightFormatException(_file.Name, $"the metadata has no key {key}");

    public bool TryGet(string key, [NotNullWhen(true)] out GgufValue value) => _values.TryGetValue(key, out value);

    internal static GgufMetadata Read(GgufCursor cursor, long count)
    {
        if (count > MaxKeys)
            throw cursor.Error($"{count} metadata pairs are over the limit of {MaxKeys}");
        var values = new Dictionary<string, GgufValue>((int)Math.Min(count, cursor.Remaining / MinPairBytes));
        for (var i = 0L; i < count; i++)
        {
            var at = cursor.Position;
            var key = cursor.Text("metadata key", MaxKeyBytes);
            if (!values.TryAdd(key, ReadValue(cursor, (GgufValueType)cursor.U32("type of a metadata value"))))
                throw cursor.Error($"metadata key {WeightFormatException.Excerpt(key)} appears twice", at);
        }
        return new GgufMetadata(cursor.File, values);
    }

    /// <summary>Notes where a value lies and passes over it.</summary>
    internal static GgufValue ReadValue(GgufCursor cursor, GgufValueType type, int nesting = 0)
    {
        var file = cursor.File;
        var size = GgufValueTypes.Size(type);
        if (size > 0)
        {
            var at = cursor.Position;
            cursor.Take(size, $"a metadata value of type {type}");
            return new GgufValue(file, type, type, at, 1);
        }
        if (type == GgufValueType.String)
        {
            var length = cursor.Count("length of a metadata string", 1);
            var at = cursor.Position;
            cursor.Skip(length);
            return new GgufValue(file, type, type, at, length);
        }
        if (type != GgufValueType.Array)
            throw cursor.Error($"metadata value type {(uint)type} does not exist");
        return ReadArray(cursor, nesting);
    }

    private static GgufValue ReadArray(GgufCursor cursor, int nesting)
    {
        if (nesting == MaxNesting)
            throw cursor.Error($"metadata arrays are nested more than {MaxNesting} deep");
        var type = (GgufValueType)cursor.U32("type of array items");
        var size = GgufValueTypes.Size(type);
        if (size == 0 && type is not (GgufValueType.String or GgufValueType.Array))
            throw cursor.Error($"metadata value type {(uint)type} does not exist");
        var minimum = size > 0 ? size : type == GgufValueType.String ? 8 : 12;
        var count = cursor.Count("length of a metadata array", minimum);
        var at = cursor.Position;
        if (size > 0)
            cursor.Skip(count * size);
        for (var i = 0L; size == 0 && i < count; i++)
            ReadValue(cursor, type, nesting + 1);
        return new GgufValue(cursor.File, GgufValueType.Array, type, at, count);
    }
}
