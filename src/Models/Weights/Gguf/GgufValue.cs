using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Hone.Models.Weights.Gguf;

/// <summary>One metadata value, decoded from the file when asked for. Asking for another kind than the file holds is a <see cref="WeightFormatException"/>.</summary>
public readonly struct GgufValue
{
    private readonly FileBytes _file;
    private readonly long _offset;
    private readonly long _count; // items of an array, bytes of a string

    internal GgufValue(FileBytes file, GgufValueType type, GgufValueType itemType, long offset, long count) =>
        (_file, Type, ItemType, _offset, _count) = (file, type, itemType, offset, count);

    public GgufValueType Type { get; }

    /// <summary>The type of an array's items; otherwise the same as <see cref="Type"/>.</summary>
    public GgufValueType ItemType { get; }

    /// <summary>Items of an array; 1 otherwise.</summary>
    public int Count => Type == GgufValueType.Array ? checked((int)_count) : 1;

    public string AsString()
    {
        Require(Type == GgufValueType.String, "a string");
        if (_count > int.MaxValue / 2)
            throw Error($"a string of {_count} bytes is too long");
        var bytes = _file.Slice(_offset, (int)_count);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : throw Error("a string that is not UTF-8");
    }

    public bool AsBool()
    {
        Require(Type == GgufValueType.Bool, "a bool");
        return _file.Slice(_offset, 1)[0] != 0;
    }

    /// <summary>Any of the eight integer types.</summary>
    public long AsInteger()
    {
        Require(IsInteger(Type), "an integer");
        return Integer(0);
    }

    /// <summary>f32, f64 or an integer. An f32 is read as its shortest decimal, so that 1e-5 stored as f32 is 1e-5.</summary>
    public double AsNumber()
    {
        Require(IsNumber(Type), "a number");
        return Number(0);
    }

    public string[] AsStrings() => [.. Items(GgufValueType.String, "an array of strings").Select(item => item.AsString())];

    public bool[] AsBools() => [.. Items(GgufValueType.Bool, "an array of bools").Select(item => item.AsBool())];

    public GgufValue[] AsArrays() => [.. Items(GgufValueType.Array, "an array of arrays")];

    public long[] AsIntegers()
    {
        Require(Type == GgufValueType.Array && IsInteger(ItemType), "an array of integers");
        var items = new long[Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = Integer(i);
        return items;
    }

    /// <summary>An array of f32, f64 or integers.</summary>
    public double[] AsNumbers()
    {
        Require(Type == GgufValueType.Array && IsNumber(ItemType), "an array of numbers");
        var items = new double[Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = Number(i);
        return items;
    }

    /// <summary>The bytes in the file, from a string's length or an array's item type on.</summary>
    internal ReadOnlySpan<byte> Encoded()
    {
        var start = _offset - (Type switch { GgufValueType.String => 8, GgufValueType.Array => 12, _ => 0 });
        var cursor = new GgufCursor(_file, start);
        GgufMetadata.ReadValue(cursor, Type);
        return _file.Slice(start, checked((int)(cursor.Position - start)));
    }

    /// <summary>The value as text for people; arrays are cut after eight items.</summary>
    public override string ToString() => Type switch
    {
        GgufValueType.String => AsString(),
        GgufValueType.Bool => AsBool() ? "true" : "false",
        GgufValueType.Array => $"[{string.Join(", ", Items(ItemType, "an array").Take(8))}{(_count > 8 ? $", … {_count} items" : "")}]",
        _ when IsInteger(Type) && Type != GgufValueType.U64 => AsInteger().ToString(CultureInfo.InvariantCulture),
        GgufValueType.U64 => BinaryPrimitives.ReadUInt64LittleEndian(_file.Slice(_offset, 8)).ToString(CultureInfo.InvariantCulture),
        _ => AsNumber().ToString(CultureInfo.InvariantCulture),
    };

    private static bool IsInteger(GgufValueType type) => type is
        GgufValueType.U8 or GgufValueType.I8 or GgufValueType.U16 or GgufValueType.I16 or
        GgufValueType.U32 or GgufValueType.I32 or GgufValueType.U64 or GgufValueType.I64;

    private static bool IsNumber(GgufValueType type) => IsInteger(type) || type is GgufValueType.F32 or GgufValueType.F64;

    private IEnumerable<GgufValue> Items(GgufValueType itemType, string wanted)
    {
        Require(Type == GgufValueType.Array && ItemType == itemType, wanted);
        return Walk(this);

        static IEnumerable<GgufValue> Walk(GgufValue array)
        {
            var cursor = new GgufCursor(array._file, array._offset);
            for (var i = 0L; i < array._count; i++)
                yield return GgufMetadata.ReadValue(cursor, array.ItemType);
        }
    }

    private ReadOnlySpan<byte> Item(int index)
    {
        var size = GgufValueTypes.Size(ItemType);
        return _file.Slice(_offset + (long)index * size, size);
    }

    private long Integer(int index)
    {
        var bytes = Item(index);
        switch (ItemType)
        {
            case GgufValueType.U8: return bytes[0];
            case GgufValueType.I8: return (sbyte)bytes[0];
            case GgufValueType.U16: return BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            case GgufValueType.I16: return BinaryPrimitives.ReadInt16LittleEndian(bytes);
            case GgufValueType.U32: return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            case GgufValueType.I32: return BinaryPrimitives.ReadInt32LittleEndian(bytes);
            case GgufValueType.I64: return BinaryPrimitives.ReadInt64LittleEndian(bytes);
            default:
                var value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
                return value <= long.MaxValue ? (long)value : throw Error($"{value}, which is over 2^63");
        }
    }

    private double Number(int index) => ItemType switch
    {
        GgufValueType.F32 => double.Parse(
            BinaryPrimitives.ReadSingleLittleEndian(Item(index)).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        GgufValueType.F64 => BinaryPrimitives.ReadDoubleLittleEndian(Item(index)),
        _ => Integer(index),
    };

    private void Require(bool fits, string wanted)
    {
        if (!fits)
            throw Error($"{(Type == GgufValueType.Array ? $"an array of {ItemType}" : Type)} where {wanted} is needed");
    }

    private WeightFormatException Error(string found) => new(_file.Name, $"a metadata value is {found}", offset: _offset);
}
