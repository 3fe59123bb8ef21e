using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace Hone.Models.Weights.Safetensors;

/// <summary>The JSON header of one safetensors file: 8 bytes of length, the JSON, then tensor data without holes.</summary>
internal static class SafetensorsHeader
{
    private const long MaxHeaderBytes = 100_000_000; // the format's own limit
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 8 };

    /// <summary>The tensors by name and where their data begin in the file.</summary>
    public static (Dictionary<string, SafetensorsEntry> Entries, long DataStart) Read(FileBytes file)
    {
        if (file.Length < 8)
            throw new WeightFormatException(file.Name, $"{file.Length} bytes are too few for a safetensors file");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(file.Slice(0, 8));
        if (length > MaxHeaderBytes)
            throw new WeightFormatException(file.Name, $"the header length {length} is over the limit of {MaxHeaderBytes}", offset: 0);
        if (length > (ulong)(file.Length - 8))
            throw new WeightFormatException(file.Name, $"the header length is {length}, but the file has {file.Length} bytes", offset: 0);
        var json = file.Slice(8, (int)length);
        if (!Utf8.IsValid(json))
            throw new WeightFormatException(file.Name, "the header is not UTF-8", offset: 8);
        try
        {
            var entries = ReadEntries(json, file.Name);
            var dataStart = 8 + (long)length;
            CheckCover(file, entries, file.Length - dataStart);
            return (entries, dataStart);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: an escape such as \ud800 in a string
        {
            throw new WeightFormatException(file.Name, $"the header is not valid JSON: {e.Message}", offset: 8, inner: e);
        }
    }

    private static Dictionary<string, SafetensorsEntry> ReadEntries(ReadOnlySpan<byte> json, string file)
    {
        var entries = new Dictionary<string, SafetensorsEntry>(CountEntries(json));
        var reader = new Utf8JsonReader(json, Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new WeightFormatException(file, "the header is not a JSON object", offset: 8);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name == "__metadata__")
                CheckMetadata(ref reader, file);
            else if (!entries.TryAdd(name, SafetensorsEntry.Read(ref reader, file, name)))
                throw new WeightFormatException(file, "appears twice", name);
        }
        reader.Read(); // nothing but white space may follow
        return entries;
    }

    /// <summary>So that the table is allocated once, at its size: a growing one would cost more memory than the file.</summary>
    private static int CountEntries(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        var count = 0;
        while (reader.Read())
            count += reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 ? 1 : 0;
        return count;
    }

    private static void CheckMetadata(ref Utf8JsonReader reader, string file)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new WeightFormatException(file, "__metadata__ is not a JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.Read() && reader.TokenType != JsonTokenType.String)
                throw new WeightFormatException(file, "__metadata__ holds a value that is not a string");
        }
    }

    /// <summary>Every byte of the data belongs to exactly one tensor.</summary>
    private static void CheckCover(FileBytes file, Dictionary<string, SafetensorsEntry> entries, long dataLength)
    {
        var order = new (long Begin, long End)[entries.Count];
        var i = 0;
        foreach (var entry in entries.Values)
            order[i++] = (entry.Begin, entry.End);
        Array.Sort(order);
        var covered = 0L;
        foreach (var (begin, end) in order)
        {
            if (begin != covered)
                throw CoverError(file, entries, begin, covered);
            covered = end;
        }
        if (covered != dataLength)
            throw new WeightFormatException(file.Name, covered < dataLength
                ? $"{dataLength - covered} bytes after the last tensor belong to no tensor"
                : $"the tensors need {covered} bytes, the file has {dataLength} after its header");
    }

    private static WeightFormatException CoverError(FileBytes file, Dictionary<string, SafetensorsEntry> entries, long begin, long covered) =>
        new(file.Name, begin < covered
            ? $"begins at {begin}, inside the tensor before it, which ends at {covered}"
            : $"begins at {begin}, but the tensor before it ends at {covered}: the bytes between belong to no tensor",
            entries.Last(entry => entry.Value.Begin == begin).Key);
}
