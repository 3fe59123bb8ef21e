using System.Text.Json;
using Hone.Models.Weights.Formats;

namespace Hone.Models.Weights.Safetensors;

/// <summary>One tensor of a safetensors header: {"dtype": …, "shape": […], "data_offsets": [begin, end]}.</summary>
/// <param name="Begin">In bytes from the start of the tensor data.</param>
internal readonly record struct SafetensorsEntry(NumberFormat Format, int[] Shape, long Begin)
{
    private const int MaxDimensions = 8;

    public int RowLength => Shape.Length == 0 ? 1 : Shape[^1];

    public int RowCount => RowLength == 0 ? 0 : (int)(Elements(Shape) / RowLength);

    public long End => Begin + (long)Bytes;

    private Int128 Bytes => Elements(Shape) / NumberFormats.BlockElements(Format) * NumberFormats.BlockBytes(Format);

    /// <summary>Reads the object that the reader stands on.</summary>
    public static SafetensorsEntry Read(ref Utf8JsonReader reader, string file, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new WeightFormatException(file, "its description is not a JSON object", name);
        NumberFormat? format = null;
        int[]? shape = null;
        (long Begin, long End)? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isFormat = reader.ValueTextEquals("dtype"u8);
            var isShape = reader.ValueTextEquals("shape"u8);
            var isOffsets = reader.ValueTextEquals("data_offsets"u8);
            reader.Read();
            if (isFormat)
                format = ReadFormat(ref reader, file, name);
            else if (isShape)
                shape = ReadShape(ref reader, file, name);
            else if (isOffsets)
                offsets = ReadOffsets(ref reader, file, name);
            else
                reader.Skip();
        }
        if (format is null || shape is null || offsets is null)
            throw new WeightFormatException(file, "lacks one of dtype, shape, data_offsets", name);
        var entry = new SafetensorsEntry(format.Value, shape, offsets.Value.Begin);
        entry.CheckSize(file, name, offsets.Value.End);
        return entry;
    }

    private void CheckSize(string file, string name, long end)
    {
        if (Begin > end)
            throw new WeightFormatException(file, $"its data_offsets begin at {Begin} and end before, at {end}", name);
        if (RowLength % NumberFormats.BlockElements(Format) != 0)
            throw new WeightFormatException(file, $"its rows of {RowLength} numbers do not fill whole bytes of {Format}", name);
        if (Bytes != end - Begin)
            throw new WeightFormatException(file, $"[{string.Join(", ", Shape)}] of {Format} needs {Bytes} bytes, its data_offsets give {end - Begin}", name);
        if ((RowLength > 0 && Elements(Shape) / RowLength > int.MaxValue) || NumberFormats.ByteLength(Format, RowLength) > int.MaxValue)
            throw new WeightFormatException(file, "has more than 2^31 rows, or rows of more than 2^31 bytes", name);
    }

    private static NumberFormat ReadFormat(ref Utf8JsonReader reader, string file, string name)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new WeightFormatException(file, "its dtype is not a string", name);
        return SafetensorsTypes.TryGet(ref reader, out var format)
            ? format
            : throw new WeightFormatException(file, $"dtype {WeightFormatException.Excerpt(reader.GetString()!)} does not exist", name);
    }

    private static int[] ReadShape(ref Utf8JsonReader reader, string file, string name)
    {
        Span<int> sizes = stackalloc int[MaxDimensions];
        var count = 0;
        RequireArray(ref reader, file, name, "shape");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var size) || size < 0)
                throw new WeightFormatException(file, "its shape has an entry that is not a size from 0 to 2^31 - 1", name);
            if (count == MaxDimensions)
                throw new WeightFormatException(file, $"has more than {MaxDimensions} dimensions", name);
            sizes[count++] = size;
        }
        return sizes[..count].ToArray();
    }

    private static (long, long) ReadOffsets(ref Utf8JsonReader reader, string file, string name)
    {
        Span<long> offsets = stackalloc long[2];
        var count = 0;
        RequireArray(ref reader, file, name, "data_offsets");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (count == 2 || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out offsets[count++]) || offsets[count - 1] < 0)
                throw new WeightFormatException(file, "its data_offsets are not two byte offsets", name);
        }
        return count == 2 ? (offsets[0], offsets[1]) : throw new WeightFormatException(file, "its data_offsets are not two byte offsets", name);
    }

    private static void RequireArray(ref Utf8JsonReader reader, string file, string name, string property)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new WeightFormatException(file, $"its {property} is not an array", name);
    }

    /// <summary>The product of the sizes, capped at 2^63 - 1, which no file can hold.</summary>
    private static Int128 Elements(int[] shape)
    {
        var product = (Int128)1;
        foreach (var size in shape)
        {
            if (size == 0)
                return 0;
            product = Int128.Min(product * size, long.MaxValue);
        }
        return product;
    }
}
