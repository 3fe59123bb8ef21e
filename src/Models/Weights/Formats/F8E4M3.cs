using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hone.Models.Weights.Formats;

/// <summary>fp8 1-4-3, bias 7, largest 448, NaN 0x7F and 0xFF, no infinity (OCP E4M3FN).</summary>
public static class F8E4M3
{
    /// <summary>The value of one code.</summary>
    public static float Value(byte code)
    {
        var (exponent, mantissa) = ((code >> 3) & 15, code & 7);
        var magnitude = (code & 0x7F) == 0x7F ? float.NaN
            : exponent == 0 ? mantissa * (1f / 512)
            : BitConverter.Int32BitsToSingle(((exponent - 7 + 127) << 23) | (mantissa << 20));
        return code < 0x80 ? magnitude : -magnitude;
    }

    internal static bool IsNaN(byte code) => (code & 0x7F) == 0x7F;

    /// <summary>
    /// Codes read as f32 bits: exponent and mantissa move to bit 20 and the bias is mended by an addition. Subnormals get one exponent
    /// more, which makes an implied one that is taken off again (2^-6), so no subnormal f32 occurs.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Decode(ReadOnlySpan<byte> codes, Span<float> values)
    {
        var bits = MemoryMarshal.Cast<float, uint>(values);
        var i = 0;
        for (; i <= codes.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(codes.Slice(i, Vector128<byte>.Count)));
            var ((a, b), (c, d)) = (Vector128.Widen(low), Vector128.Widen(high));
            Bits(Vector256.Create(a, b)).CopyTo(bits[i..]);
            Bits(Vector256.Create(c, d)).CopyTo(bits[(i + 8)..]);
        }
        DecodePlain(codes[i..], values[i..]);
    }

    internal static void DecodePlain(ReadOnlySpan<byte> codes, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = Value(codes[i]);
    }

    private static Vector256<uint> Bits(Vector256<uint> codes)
    {
        var magnitude = codes & Vector256.Create(0x7Fu);
        var normal = (magnitude << 20) + Vector256.Create(120u << 23);
        var subnormal = (((magnitude << 20) + Vector256.Create(121u << 23)).AsSingle() - Vector256.Create(1f / 64)).AsUInt32();
        var value = Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(8u)), subnormal, normal);
        var nan = Vector256.Equals(magnitude, Vector256.Create(0x7Fu));
        value = Vector256.ConditionalSelect(nan, Vector256.Create(0x7FC00000u), value);
        return value | ((codes & Vector256.Create(0x80u)) << 24);
    }
}
