using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hone.Cpu.Kernels;

/// <summary>f16 to f32 without the F16C instructions, which .NET does not offer. Exact for every finite number, subnormals included.</summary>
internal static class Halves
{
    private const float Rebias = 5.192297e33f; // 2^112 = 2^(127 − 15)

    /// <summary>16 bits in each lane to f32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ToSingle(Vector256<uint> bits) =>
        (((bits << 16).AsInt32() >> 3) & Vector256.Create(unchecked((int)0x8FFFE000))).AsSingle() * Vector256.Create(Rebias);

    public static float ToSingle(uint bits) => BitConverter.Int32BitsToSingle((int)(bits << 16) >> 3 & unchecked((int)0x8FFFE000)) * Rebias;

    /// <exception cref="InvalidDataException">An infinity or NaN.</exception>
    public static void RequireFinite(ushort bits)
    {
        if ((bits & 0x7C00) == 0x7C00)
            throw new InvalidDataException("A half-precision number of the weight is infinite or not a number.");
    }
}
