using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hone.Cpu.Kernels;

namespace Hone.Cpu.Packing.Scales;

/// <summary>Scales of Q6_K: a header of f16 d for each row and 8 blocks; each block two s8 scales a row, for k 0–15 and k 16–31. d·scale is exact in f32.</summary>
internal readonly unsafe struct SuperBlockPair : IScales
{
    public static bool PerHalf => true;

    public static int Bytes => 32;

    public static int HeaderBytes => 32;

    public static int BlocksPerHeader => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* header, byte* scales, int half, out Vector256<float> first, out Vector256<float> second)
    {
        var d = SmallFloats.FromF16((ushort*)header + 8 * half);
        first = d * SmallFloats.FromInt8((sbyte*)scales + 8 * half);
        second = d * SmallFloats.FromInt8((sbyte*)scales + 16 + 8 * half);
    }
}
