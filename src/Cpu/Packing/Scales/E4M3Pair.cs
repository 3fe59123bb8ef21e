using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hone.Cpu.Kernels;

namespace Hone.Cpu.Packing.Scales;

/// <summary>Two e4m3 scales a row, for k 0–15 and k 16–31, halved because codes are doubled.</summary>
internal readonly unsafe struct E4M3Pair : IScales
{
    public static bool PerHalf => true;

    public static int Bytes => 32;

    public static int HeaderBytes => 0;

    public static int BlocksPerHeader => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* header, byte* scales, int half, out Vector256<float> first, out Vector256<float> second)
    {
        first = SmallFloats.FromE4M3(scales + 8 * half) * Vector256.Create(0.5f);
        second = SmallFloats.FromE4M3(scales + 16 + 8 * half) * Vector256.Create(0.5f);
    }
}
