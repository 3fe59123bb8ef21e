using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hone.Cpu.Kernels;

/// <summary>
/// Short number formats to f32, eight at a time. .NET offers no F16C: sign, exponent and mantissa are moved to their places in an f32 and the exponent's bias is mended by a
/// multiplication, which also makes subnormals right. Infinities and NaN come out as ordinary numbers, so packing refuses them.
/// </summary>
internal static unsafe class SmallFloats
{
    private const float F16Bias = 5.192297e33f; // 2^112 = 2^(127 − 15)
    private const float E4M3Bias = 1.329228e36f; // 2^120 = 2^(127 − 7)

    /// <summary>An f16 in the lower 16 bits of each lane; the upper ones are ignored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FromF16(Vector256<uint> bits) =>
        (((bits << 16).AsInt32() >> 3) & Vector256.Create(unchecked((int)0x8FFFE000))).AsSingle() * Vector256.Create(F16Bias);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FromF16(ushort* eight)
    {
        if (Avx2.IsSupported)
            return FromF16(Avx2.ConvertToVector256Int32(eight).AsUInt32());
        var bits = Vector128.Load(eight);
        return FromF16(Vector256.Create(Vector128.WidenLower(bits), Vector128.WidenUpper(bits)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FromE4M3(byte* eight)
    {
        var bits = Widen(eight);
        return (((bits << 24).AsInt32() >> 4) & Vector256.Create(unchecked((int)0x87F00000))).AsSingle() * Vector256.Create(E4M3Bias);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FromUInt8(byte* eight) => Vector256.ConvertToSingle(Widen(eight).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FromInt8(sbyte* eight) => Vector256.ConvertToSingle(((Widen((byte*)eight) << 24).AsInt32() >> 24));

    /// <summary>The bits of a stored f16, which must be finite.</summary>
    /// <exception cref="InvalidDataException">An infinity or NaN.</exception>
    public static ushort FiniteF16(ReadOnlySpan<byte> stored) => FiniteF16(BinaryPrimitives.ReadUInt16LittleEndian(stored));

    /// <inheritdoc cref="FiniteF16(ReadOnlySpan{byte})"/>
    public static ushort FiniteF16(ushort bits) => (bits & 0x7C00) != 0x7C00
        ? bits
        : throw new InvalidDataException("A half-precision number of the weight is infinite or not a number.");

    /// <exception cref="InvalidDataException">NaN; e4m3 has no infinity.</exception>
    public static byte FiniteE4M3(byte bits) => (bits & 0x7F) != 0x7F
        ? bits
        : throw new InvalidDataException("An e4m3 number of the weight is not a number.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Widen(byte* eight)
    {
        if (Avx2.IsSupported)
            return Avx2.ConvertToVector256Int32(eight).AsUInt32();
        var words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)eight).AsByte());
        return Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words));
    }
}
