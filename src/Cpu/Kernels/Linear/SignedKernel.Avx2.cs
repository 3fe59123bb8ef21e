using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Hone.Cpu.Kernels.Quantize;
using static Hone.Cpu.Kernels.Linear.Avx2Dot;

namespace Hone.Cpu.Kernels.Linear;

/// <summary>Signed × signed by |w| × sign(x, w): a pair of products is at most 2·128·127, so it fits 16 bits, but no two pairs do.</summary>
internal sealed unsafe partial class SignedKernel
{
    private static void Avx2Tiles(byte* panel, byte* quads, long quadBytes, int rows, int blocks, float* sums)
    {
        for (; rows >= 4; rows -= 4, quads += quadBytes, sums += 64)
        {
            Avx2Tile2(panel, quads, quads + Quads.Scales, blocks, sums);
            Avx2Tile2(panel, quads + 2 * Quads.Columns, quads + Quads.Scales + 8, blocks, sums + 32);
        }
        if (rows >= 2)
            Avx2Tile2(panel, quads, quads + Quads.Scales, blocks, sums);
        if ((rows & 1) != 0)
            Avx2Tile1(panel, quads + (rows - 1) * Quads.Columns, quads + Quads.Scales + 4 * (rows - 1), blocks, sums + 16 * (rows - 1));
    }

    /// <summary>One row straight from the packed group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2One(byte* w, byte* x, int blocks, float* sums)
    {
        var (f0, f1) = (Vector256<float>.Zero, Vector256<float>.Zero);
        for (; blocks > 0; blocks--, w += PackedBytes, x += Quads.BlockBytes)
        {
            Prefetch(w, PackedBytes);
            Lines1(w, x, out var s0, out var s1);
            Lines1(w + 256, x + 16, out var t0, out var t1);
            var scale = Vector256.Create(*(float*)(x + Quads.Scales));
            f0 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(s0 + t0), SmallFloats.FromF16((ushort*)(w + CodeBytes)) * scale, f0);
            f1 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(s1 + t1), SmallFloats.FromF16((ushort*)(w + CodeBytes) + 8) * scale, f1);
        }
        f0.Store(sums);
        f1.Store(sums + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Tile2(byte* panel, byte* codes, byte* scales, int blocks, float* sums)
    {
        for (; blocks > 0; blocks--, panel += IntegerPanel.BlockBytes, codes += Quads.BlockBytes, scales += Quads.BlockBytes)
        {
            Vector256<int> a0, a1, b0, b1;
            a0 = a1 = b0 = b1 = Vector256<int>.Zero;
            SignedLine2(panel, codes, ref a0, ref a1, ref b0, ref b1);
            SignedLine2(panel + 64, codes + 4, ref a0, ref a1, ref b0, ref b1);
            SignedLine2(panel + 128, codes + 8, ref a0, ref a1, ref b0, ref b1);
            SignedLine2(panel + 192, codes + 12, ref a0, ref a1, ref b0, ref b1);
            SignedLine2(panel + 256, codes + 16, ref a0, ref a1, ref b0, ref b1);
            SignedLine2(panel + 320, codes + 20, ref a0, ref a1, ref b0, ref b1);
            SignedLine2(panel + 384, codes + 24, ref a0, ref a1, ref b0, ref b1);
            SignedLine2(panel + 448, codes + 28, ref a0, ref a1, ref b0, ref b1);
            Add(panel, scales, a0, a1, sums);
            Add(panel, scales + 4, b0, b1, sums + 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Tile1(byte* panel, byte* codes, byte* scales, int blocks, float* sums)
    {
        for (; blocks > 0; blocks--, panel += IntegerPanel.BlockBytes, codes += Quads.BlockBytes, scales += Quads.BlockBytes)
        {
            Lines1(panel, codes, out var a0, out var a1);
            Lines1(panel + 256, codes + 16, out var b0, out var b1);
            Add(panel, scales, a0 + b0, a1 + b1, sums);
        }
    }

    /// <summary>Four lines times one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lines1(byte* w, byte* x, out Vector256<int> a0, out Vector256<int> a1)
    {
        Vector256<sbyte> s = Broadcast(x), t = Broadcast(x + 4);
        a0 = Dot(w, s) + Dot(w + 64, t);
        a1 = Dot(w + 32, s) + Dot(w + 96, t);
        (s, t) = (Broadcast(x + 8), Broadcast(x + 12));
        a0 += Dot(w + 128, s) + Dot(w + 192, t);
        a1 += Dot(w + 160, s) + Dot(w + 224, t);
    }

    /// <summary>One more line times two rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SignedLine2(byte* line, byte* x, ref Vector256<int> a0, ref Vector256<int> a1, ref Vector256<int> b0, ref Vector256<int> b1)
    {
        var (s, t) = (Broadcast(x), Broadcast(x + Quads.Columns));
        var w = Vector256.Load((sbyte*)line);
        var magnitude = Avx2.Abs(w);
        a0 += Widen(Avx2.MultiplyAddAdjacent(magnitude, Avx2.Sign(s, w)));
        b0 += Widen(Avx2.MultiplyAddAdjacent(magnitude, Avx2.Sign(t, w)));
        w = Vector256.Load((sbyte*)line + 32);
        magnitude = Avx2.Abs(w);
        a1 += Widen(Avx2.MultiplyAddAdjacent(magnitude, Avx2.Sign(s, w)));
        b1 += Widen(Avx2.MultiplyAddAdjacent(magnitude, Avx2.Sign(t, w)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Dot(byte* halfLine, Vector256<sbyte> x)
    {
        var w = Vector256.Load((sbyte*)halfLine);
        return Widen(Avx2.MultiplyAddAdjacent(Avx2.Abs(w), Avx2.Sign(x, w)));
    }

    /// <summary>One block of one row into its 16 sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* panel, byte* scales, Vector256<int> dot0, Vector256<int> dot1, float* sums)
    {
        var scale = Vector256.Create(*(float*)scales);
        var d = (float*)(panel + IntegerPanel.FirstScales);
        Fma.MultiplyAdd(Avx.ConvertToVector256Single(dot0), Vector256.Load(d) * scale, Vector256.Load(sums)).Store(sums);
        Fma.MultiplyAdd(Avx.ConvertToVector256Single(dot1), Vector256.Load(d + 8) * scale, Vector256.Load(sums + 8)).Store(sums + 8);
    }
}
