using System.Buffers.Binary;
using System.Numerics;
using Hone.Models.Weights.Formats;

namespace Hone.Models.Weights.Gguf;

/// <summary>Everything before the tensor data of one GGUF file (version 2 or 3), read and checked against the file's length.</summary>
/// <param name="Tensors">In the order of the file; offsets from the start of the file.</param>
internal sealed record GgufHeader(GgufMetadata Metadata, GgufTensorInfo[] Tensors, int Alignment)
{
    private const uint Magic = 0x46554747; // "GGUF"
    private const int MaxTensors = 1 << 20;
    private const int MinTensorBytes = 8 + 1 + 4 + 8 + 4 + 8;

    public static GgufHeader Read(FileBytes file)
    {
        var cursor = new GgufCursor(file);
        if (cursor.U32("the magic number") != Magic)
            throw cursor.Error("this is no GGUF file: it does not begin with 'GGUF'", 0);
        CheckVersion(cursor);
        var tensorCount = cursor.Count("the number of tensors", MinTensorBytes);
        if (tensorCount > MaxTensors)
            throw cursor.Error($"{tensorCount} tensors are over the limit of {MaxTensors}");
        var metadata = GgufMetadata.Read(cursor, cursor.Count("the number of metadata pairs", 14));
        var alignment = ReadAlignment(file, metadata);

        if (tensorCount > cursor.Remaining / MinTensorBytes)
            throw cursor.Error($"{tensorCount} tensors do not fit into the {cursor.Remaining} bytes after the metadata");
        var tensors = new GgufTensorInfo[tensorCount];
        for (var i = 0; i < tensors.Length; i++)
            tensors[i] = GgufTensorInfo.Read(cursor);
        var dataStart = (cursor.Position + alignment - 1) / alignment * alignment;
        for (var i = 0; i < tensors.Length; i++)
            tensors[i] = tensors[i].Place(file, dataStart, alignment);
        CheckOverlaps(file, tensors);
        return new GgufHeader(metadata, tensors, alignment);
    }

    private static void CheckVersion(GgufCursor cursor)
    {
        var version = cursor.U32("the version");
        if (version is 2 or 3)
            return;
        throw cursor.Error(BinaryPrimitives.ReverseEndianness(version) is 2 or 3
            ? "this is a big-endian GGUF file; only little-endian files can be read"
            : $"GGUF version {version} cannot be read, only 2 and 3", 4);
    }

    private static int ReadAlignment(FileBytes file, GgufMetadata metadata)
    {
        if (!metadata.TryGet("general.alignment", out var value))
            return 32;
        var alignment = value.AsInteger();
        if (alignment is <= 0 or > 1 << 20 || !BitOperations.IsPow2(alignment))
            throw new WeightFormatException(file.Name, $"general.alignment is {alignment}, not a power of two up to 2^20");
        return (int)alignment;
    }

    private static void CheckOverlaps(FileBytes file, GgufTensorInfo[] tensors)
    {
        var order = new int[tensors.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (a, b) => tensors[a].Offset.CompareTo(tensors[b].Offset));
        for (var i = 1; i < order.Length; i++)
        {
            var (before, tensor) = (tensors[order[i - 1]], tensors[order[i]]);
            if (tensor.Offset < before.Offset + before.ByteLength)
                throw new WeightFormatException(file.Name, $"overlaps tensor {WeightFormatException.Excerpt(before.Name)}", tensor.Name, tensor.Offset);
        }
    }
}
