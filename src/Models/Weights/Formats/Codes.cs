using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hone.Models.Weights.Formats;

/// <summary>The common end of the fast decoders: 16 small integers to f32, times a scale.</summary>
internal static class Codes
{
    /// <summary>values[i] = codes[i] · scale, for 16 signed codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale(Vector128<sbyte> codes, float scale, Span<float> values)
    {
        var (low, high) = Vector128.Widen(codes);
        var ((a, b), (c, d)) = (Vector128.Widen(low), Vector128.Widen(high));
        (Vector256.ConvertToSingle(Vector256.Create(a, b)) * scale).CopyTo(values);
        (Vector256.ConvertToSingle(Vector256.Create(c, d)) * scale).CopyTo(values[8..]);
    }

    /// <summary>values[i] = codes[i] · scale + offset, for 16 codes; the product is rounded before the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ScaleAdd(Vector128<byte> codes, float scale, float offset, Span<float> values)
    {
        var (low, high) = Vector128.Widen(codes.AsSByte()); // codes are below 64
        var ((a, b), (c, d)) = (Vector128.Widen(low), Vector128.Widen(high));
        var add = Vector256.Create(offset);
        (Vector256.ConvertToSingle(Vector256.Create(a, b)) * scale + add).CopyTo(values);
        (Vector256.ConvertToSingle(Vector256.Create(c, d)) * scale + add).CopyTo(values[8..]);
    }

    /// <summary>The low nibbles of 16 bytes.</summary>
    public static Vector128<byte> Low(Vector128<byte> bytes) => bytes & Vector128.Create((byte)15);

    /// <summary>The high nibbles of 16 bytes.</summary>
    public static Vector128<byte> High(Vector128<byte> bytes) => bytes >>> 4;

    /// <summary>16 where bit i of the 16 bits is set, else 0: the fifth bits of Q5_0 and Q5_1.</summary>
    public static Vector128<byte> FifthBits(uint bits)
    {
        var select = Vector128.Create(0x8040201008040201UL).AsByte();
        var spread = Vector128.Create(Vector64.Create((byte)bits), Vector64.Create((byte)(bits >> 8)));
        return Vector128.Equals(spread & select, select) & Vector128.Create((byte)16);
    }
}
