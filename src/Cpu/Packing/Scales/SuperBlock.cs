using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hone.Cpu.Kernels;

namespace Hone.Cpu.Packing.Scales;

/// <summary>
/// Scales of K-quants: a header of f16 d, f16 dmin for each row and 8 blocks; each block 16 u8 scales and 16 u8 minima (6 bits used).
/// d·scale and −dmin·min are exact in f32.
/// </summary>
internal readonly unsafe struct SuperBlock : IScales
{
    public static bool PerHalf => false;

    public static int Bytes => 32;

    public static int HeaderBytes => 64;

    public static int BlocksPerHeader => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* header, byte* scales, int half, out Vector256<float> d, out Vector256<float> m)
    {
        var both = Vector256.Load((uint*)header + 8 * half);
        d = SmallFloats.FromF16(both) * SmallFloats.FromUInt8(scales + 8 * half);
        m = -(SmallFloats.FromF16(both >>> 16) * SmallFloats.FromUInt8(scales + 16 + 8 * half));
    }

    /// <summary>Writes d and dmin, the first four bytes of a stored super-block.</summary>
    public static void Pack(ReadOnlySpan<byte> stored, byte* header, int row) =>
        ((uint*)header)[row] = SmallFloats.FiniteF16(stored) | (uint)SmallFloats.FiniteF16(stored[2..]) << 16;

    /// <summary>Writes scale and minimum of one sub-block, which lie 6 bits each in the 12 bytes after d and dmin.</summary>
    public static void PackSub(ReadOnlySpan<byte> stored, int sub, byte* scales, int row)
    {
        var packed = stored.Slice(4, 12);
        var (scale, min) = sub < 4
            ? (packed[sub] & 63, packed[sub + 4] & 63)
            : (packed[sub + 4] & 15 | packed[sub - 4] >> 6 << 4, packed[sub + 4] >> 4 | packed[sub] >> 6 << 4);
        scales[row] = (byte)scale;
        scales[16 + row] = (byte)min;
    }
}
