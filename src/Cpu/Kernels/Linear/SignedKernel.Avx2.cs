using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Hone.Cpu.Kernels.Quantize;
using static Hone.Cpu.Kernels.Linear.Avx2Dot;

namespace Hone.Cpu.Kernels.Linear;

/// <summary>Signed × signed by |w| × sign(x, w): a pair of products is at most 2·128·127, so it fits 16 bits, but no two pairs do.</summary>
internal sealed unsafe partial class SignedKernel
{
    private static void Avx2Tiles(byte* lines, float* d, byte* quads, long quadBytes, int rows, int blocks, float* sums)
    {
        var ahead = lines + blocks * PackedBytes;
        for (; rows >= 4; rows -= 4, quads += quadBytes, sums += 64, ahead = null)
            Avx2Tile4(lines, d, quads, blocks, sums, ahead);
        for (var lane = 0; lane < rows; lane++, ahead = null)
            Avx2Tile1(lines, d, quads + lane * Quads.Columns, quads + Quads.Scales + 4 * lane, blocks, sums + 16 * lane, ahead);
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
    private static void Avx2Tile4(byte* lines, float* d, byte* x, int blocks, float* sums, byte* ahead)
    {
        for (; blocks > 0; blocks--, lines += PackedBytes, d += 16, x += Quads.BlockBytes)
        {
            PrefetchNext(ref ahead, PackedBytes);
            Half4(lines, d, x, sums);
            Half4(lines + 32, d + 8, x, sums + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Tile1(byte* lines, float* d, byte* codes, byte* scales, int blocks, float* sums, byte* ahead)
    {
        for (; blocks > 0; blocks--, lines += PackedBytes, d += 16, codes += Quads.BlockBytes, scales += Quads.BlockBytes)
        {
            PrefetchNext(ref ahead, PackedBytes);
            Lines1(lines, codes, out var a0, out var a1);
            Lines1(lines + 256, codes + 16, out var b0, out var b1);
            Add(d, scales, a0 + b0, sums);
            Add(d + 8, scales, a1 + b1, sums + 8);
        }
    }

    /// <summary>Four rows × 8 outputs of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half4(byte* lines, float* d, byte* x, float* sums)
    {
        Vector256<int> a, b, c, e;
        a = b = c = e = Vector256<int>.Zero;
        SignedLine4(lines, x, ref a, ref b, ref c, ref e);
        SignedLine4(lines + 64, x + 4, ref a, ref b, ref c, ref e);
        SignedLine4(lines + 128, x + 8, ref a, ref b, ref c, ref e);
        SignedLine4(lines + 192, x + 12, ref a, ref b, ref c, ref e);
        SignedLine4(lines + 256, x + 16, ref a, ref b, ref c, ref e);
        SignedLine4(lines + 320, x + 20, ref a, ref b, ref c, ref e);
        SignedLine4(lines + 384, x + 24, ref a, ref b, ref c, ref e);
        SignedLine4(lines + 448, x + 28, ref a, ref b, ref c, ref e);
        Add(d, x + Quads.Scales, a, sums);
        Add(d, x + Quads.Scales + 4, b, sums + 16);
        Add(d, x + Quads.Scales + 8, c, sums + 32);
        Add(d, x + Quads.Scales + 12, e, sums + 48);
    }

    /// <summary>8 outputs of a line times the four rows of a quad.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SignedLine4(byte* line, byte* x, ref Vector256<int> a, ref Vector256<int> b, ref Vector256<int> c, ref Vector256<int> d)
    {
        var w = Vector256.Load((sbyte*)line);
        var magnitude = Avx2.Abs(w);
        a += Widen(Avx2.MultiplyAddAdjacent(magnitude, Avx2.Sign(Broadcast(x), w)));
        b += Widen(Avx2.MultiplyAddAdjacent(magnitude, Avx2.Sign(Broadcast(x + Quads.Columns), w)));
        c += Widen(Avx2.MultiplyAddAdjacent(magnitude, Avx2.Sign(Broadcast(x + 2 * Quads.Columns), w)));
        d += Widen(Avx2.MultiplyAddAdjacent(magnitude, Avx2.Sign(Broadcast(x + 3 * Quads.Columns), w)));
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Dot(byte* halfLine, Vector256<sbyte> x)
    {
        var w = Vector256.Load((sbyte*)halfLine);
        return Widen(Avx2.MultiplyAddAdjacent(Avx2.Abs(w), Avx2.Sign(x, w)));
    }

    /// <summary>One block of one row into 8 of its sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* d, byte* scale, Vector256<int> dot, float* sums) =>
        Fma.MultiplyAdd(Avx.ConvertToVector256Single(dot), Vector256.Load(d) * Vector256.Create(*(float*)scale), Vector256.Load(sums)).Store(sums);
}
