using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hone.Cpu.Kernels;

namespace Hone.Cpu.Packing.Scales;

/// <summary>f16 d and f16 m for each row, side by side in 32 bits.</summary>
internal readonly unsafe struct WithMinimum : IScales
{
    public static bool PerHalf => false;

    public static int Bytes => 64;

    public static int HeaderBytes => 0;

    public static int BlocksPerHeader => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* header, byte* scales, int half, out Vector256<float> d, out Vector256<float> m)
    {
        var both = Vector256.Load((uint*)scales + 8 * half);
        d = SmallFloats.FromF16(both);
        m = SmallFloats.FromF16(both >>> 16);
    }
}
