using System.Buffers.Binary;
using System.Text;

namespace Hone.Models.Weights.Gguf;

/// <summary>Writes a GGUF file (version 3): metadata in the order added, then the tensors, their bytes copied as stored.</summary>
public sealed class GgufWriter
{
    private const int Alignment = 32; // what a reader takes without general.alignment, which the writer does not let in
    private readonly List<(string Key, GgufValueType Type, byte[] Encoded)> _metadata = [];
    private readonly List<StoredTensor> _tensors = [];
    private long _headerBytes = 4 + 4 + 8 + 8;
    private long _dataBytes;

    /// <summary>Bytes of the file as it stands.</summary>
    public long Length => Align(_headerBytes) + _dataBytes;

    public int TensorCount => _tensors.Count;

    public void Add(string key, string value)
    {
        var encoded = new byte[8 + Encoding.UTF8.GetByteCount(value)];
        BinaryPrimitives.WriteInt64LittleEndian(encoded, encoded.Length - 8);
        Encoding.UTF8.GetBytes(value, encoded.AsSpan(8));
        Add(key, GgufValueType.String, encoded);
    }

    public void Add(string key, ushort value)
    {
        Span<byte> encoded = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(encoded, value);
        Add(key, GgufValueType.U16, encoded);
    }

    public void Add(string key, int value)
    {
        Span<byte> encoded = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(encoded, value);
        Add(key, GgufValueType.I32, encoded);
    }

    /// <summary>A value of any type in the form the file has, for arrays with item type and count before the items.</summary>
    public void Add(string key, GgufValueType type, ReadOnlySpan<byte> encoded)
    {
        if (key == "general.alignment")
            throw new ArgumentException("The writer has an alignment of its own.", nameof(key));
        _metadata.Add((key, type, encoded.ToArray()));
        _headerBytes += 8 + Encoding.UTF8.GetByteCount(key) + 4 + encoded.Length;
    }

    /// <summary>A tensor whose rows all have one GGUF format; read when the file is written.</summary>
    public void Add(StoredTensor tensor)
    {
        _ = GgufTensorTypes.Id(tensor.Format); // throws for formats that GGUF does not have
        _tensors.Add(tensor);
        _headerBytes += TableBytes(tensor);
        _dataBytes += Align(tensor.ByteLength);
    }

    /// <summary>What adding the tensor would make of <see cref="Length"/>.</summary>
    public long LengthWith(StoredTensor tensor) =>
        Align(_headerBytes + TableBytes(tensor)) + _dataBytes + Align(tensor.ByteLength);

    public void WriteTo(Stream stream)
    {
        stream.Write("GGUF"u8);
        WriteU32(stream, 3);
        WriteU64(stream, (ulong)_tensors.Count);
        WriteU64(stream, (ulong)_metadata.Count);
        foreach (var (key, type, encoded) in _metadata)
        {
            WriteString(stream, key);
            WriteU32(stream, (uint)type);
            stream.Write(encoded);
        }
        WriteTable(stream);
        WritePadding(stream, _headerBytes);
        foreach (var tensor in _tensors)
        {
            for (var row = 0; row < tensor.RowCount; row++)
                stream.Write(tensor.Row(row).Codes);
            WritePadding(stream, tensor.ByteLength);
        }
    }

    private void WriteTable(Stream stream)
    {
        var offset = 0L;
        foreach (var tensor in _tensors)
        {
            WriteString(stream, tensor.Name);
            WriteU32(stream, (uint)tensor.Shape.Length);
            foreach (var size in tensor.Shape.Reverse())
                WriteU64(stream, (ulong)size);
            WriteU32(stream, GgufTensorTypes.Id(tensor.Format));
            WriteU64(stream, (ulong)offset);
            offset += Align(tensor.ByteLength);
        }
    }

    private static long TableBytes(StoredTensor tensor) => 8 + Encoding.UTF8.GetByteCount(tensor.Name) + 4 + 8 * tensor.Shape.Length + 4 + 8;

    private static long Align(long length) => (length + Alignment - 1) / Alignment * Alignment;

    private static void WritePadding(Stream stream, long length) => stream.Write(stackalloc byte[(int)(Align(length) - length)]);

    private static void WriteString(Stream stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        WriteU64(stream, (ulong)bytes.Length);
        stream.Write(bytes);
    }

    private static void WriteU32(Stream stream, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    private static void WriteU64(Stream stream, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        stream.Write(bytes);
    }
}
