using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Hone.Models.Weights.Gguf;

/// <summary>Reads a GGUF header forwards, little-endian; running off the end is an error that says what was being read.</summary>
internal sealed class GgufCursor(FileBytes file, long position = 0)
{
    public FileBytes File => file;

    public long Position { get; private set; } = position;

    public long Remaining => file.Length - Position;

    public uint U32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, what));

    public ulong U64(string what) => BinaryPrimitives.ReadUInt64LittleEndian(Take(8, what));

    /// <summary>A 64-bit length or count, each unit of which takes at least <paramref name="unitBytes"/> bytes of what is left.</summary>
    public long Count(string what, int unitBytes, string which = "")
    {
        var at = Position;
        var count = U64(what);
        if (count > (ulong)(Remaining / unitBytes))
            throw Error($"{which}{what} is {count}, but only {Remaining} bytes are left in the file", at);
        return (long)count;
    }

    /// <summary>A string of at most <paramref name="limit"/> bytes of UTF-8.</summary>
    public string Text(string what, int limit)
    {
        var at = Position;
        var length = Count(what, 1, "length of ");
        if (length > limit)
            throw Error($"{what} has {length} bytes, the limit is {limit}", at);
        var bytes = Take((int)length, what);
        if (!Utf8.IsValid(bytes))
            throw Error($"{what} is not UTF-8", at);
        return Encoding.UTF8.GetString(bytes);
    }

    public ReadOnlySpan<byte> Take(int length, string what)
    {
        if (length > Remaining)
            throw Error($"the file ends inside {what}");
        var span = file.Slice(Position, length);
        Position += length;
        return span;
    }

    /// <summary>Passes over bytes that <see cref="Count"/> has checked to be there.</summary>
    public void Skip(long length) => Position += length;

    public WeightFormatException Error(string problem, long? at = null) => new(file.Name, problem, offset: at ?? Position);
}
