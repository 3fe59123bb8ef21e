using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hone.Cpu.Kernels;
using Hone.Cpu.Packing.Codes;

namespace Hone.Cpu.Packing.Scales;

/// <summary>f16 d for each row; m = −Middle·d, which is exact.</summary>
internal readonly unsafe struct Symmetric<TCodes> : IScales where TCodes : struct, ICodes
{
    public static bool PerHalf => false;

    public static int Bytes => 32;

    public static int HeaderBytes => 0;

    public static int BlocksPerHeader => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* header, byte* scales, int half, out Vector256<float> d, out Vector256<float> m)
    {
        d = SmallFloats.FromF16((ushort*)scales + 8 * half);
        m = d * Vector256.Create((float)-TCodes.Middle);
    }
}
