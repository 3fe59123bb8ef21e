using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hone.Models.Weights.Formats;

/// <summary>f32, f16 (IEEE half) and bf16 (the upper half of an f32), little-endian.</summary>
internal static class Floats
{
    public static float Half(ReadOnlySpan<byte> bytes) => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes);

    public static void DecodeF32(ReadOnlySpan<byte> bytes, Span<float> values) => MemoryMarshal.Cast<byte, float>(bytes).CopyTo(values);

    public static void DecodeF16(ReadOnlySpan<byte> bytes, Span<float> values) =>
        TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), values);

    public static void DecodeF16Plain(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = Half(bytes.Slice(2 * i, 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DecodeBF16(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        var codes = MemoryMarshal.Cast<byte, ushort>(bytes);
        var bits = MemoryMarshal.Cast<float, uint>(values);
        var i = 0;
        for (; i <= codes.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(codes.Slice(i, Vector256<ushort>.Count)));
            (low << 16).CopyTo(bits[i..]);
            (high << 16).CopyTo(bits[(i + Vector256<uint>.Count)..]);
        }
        DecodeBF16Plain(bytes[(2 * i)..], values[i..]);
    }

    public static void DecodeBF16Plain(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(2 * i, 2)) << 16);
    }
}
