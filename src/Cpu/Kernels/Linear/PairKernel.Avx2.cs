using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Hone.Cpu.Kernels.Quantize;
using static Hone.Cpu.Kernels.Linear.Avx2Dot;

namespace Hone.Cpu.Kernels.Linear;

/// <summary>As the affine kernel, with a scale and a correction for each half of a block.</summary>
internal sealed unsafe partial class PairKernel<TCodes, TScales>
{
    private static void Avx2Tiles(byte* panel, byte* quads, long quadBytes, int rows, int blocks, float* sums, byte* ahead)
    {
        for (; rows >= 4; rows -= 4, quads += quadBytes, sums += 64, ahead = null)
        {
            Avx2Tile2(panel, quads, 0, blocks, sums, ahead);
            Avx2Tile2(panel, quads, 2, blocks, sums + 32, null);
        }
        if (rows >= 2)
            Avx2Tile2(panel, quads, 0, blocks, sums, ahead);
        if ((rows & 1) != 0)
            Avx2Tile1(panel, quads, rows - 1, blocks, sums + 16 * (rows - 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2One(byte* group, byte* x, int blocks, float* sums)
    {
        var (f0, f1) = (Vector256<float>.Zero, Vector256<float>.Zero);
        byte* header = group, w = group;
        for (var b = 0; b < blocks; b++, w += TCodes.Bytes + TScales.Bytes, x += Quads.BlockBytes)
        {
            if (TScales.HeaderBytes > 0 && b % TScales.BlocksPerHeader == 0)
            {
                header = w;
                w += TScales.HeaderBytes;
            }
            Prefetch(w, TCodes.Bytes + TScales.Bytes);
            PackedPairs(w, x, 0, out var low0, out var low1, out var high0, out var high1);
            PackedPairs(w, x, 2, out var low2, out var low3, out var high2, out var high3);
            Vector256<int> correction = Correction(x + Quads.HalfSums), other = Correction(x + Quads.HalfSums + Quads.HalfSumsStride);
            var scale = Vector256.Create(*(float*)(x + Quads.Scales));
            TScales.Load(header, w + TCodes.Bytes, 0, out var first, out var second);
            f0 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(Total(low0, low2) + correction), first * scale, f0);
            f0 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(Total(high0, high2) + other), second * scale, f0);
            TScales.Load(header, w + TCodes.Bytes, 1, out first, out second);
            f1 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(Total(low1, low3) + correction), first * scale, f1);
            f1 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(Total(high1, high3) + other), second * scale, f1);
        }
        f0.Store(sums);
        f1.Store(sums + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Tile2(byte* panel, byte* x, int lane, int blocks, float* sums, byte* ahead)
    {
        var codes = x + Quads.Columns * lane;
        var scales = x + Quads.Scales + 4 * lane;
        for (; blocks > 0; blocks--, panel += IntegerPanel.BlockBytes, codes += Quads.BlockBytes, scales += Quads.BlockBytes)
        {
            PrefetchNext(ref ahead, TCodes.Bytes + TScales.Bytes);
            Rows2(panel, panel + IntegerPanel.FirstScales, codes, scales, scales + Quads.HalfSums - Quads.Scales, sums);
            Rows2(panel + 256, panel + IntegerPanel.SecondScales, codes + 16, scales, scales + Quads.HalfSums + Quads.HalfSumsStride - Quads.Scales, sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Tile1(byte* panel, byte* x, int lane, int blocks, float* sums)
    {
        var codes = x + Quads.Columns * lane;
        var scales = x + Quads.Scales + 4 * lane;
        for (; blocks > 0; blocks--, panel += IntegerPanel.BlockBytes, codes += Quads.BlockBytes, scales += Quads.BlockBytes)
        {
            Row1(panel, panel + IntegerPanel.FirstScales, codes, scales, scales + Quads.HalfSums - Quads.Scales, sums);
            Row1(panel + 256, panel + IntegerPanel.SecondScales, codes + 16, scales, scales + Quads.HalfSums + Quads.HalfSumsStride - Quads.Scales, sums);
        }
    }

    /// <summary>One half of a block times two rows, into their sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rows2(byte* w, byte* d, byte* x, byte* scales, byte* halfSums, float* sums)
    {
        First2(w, x, out var a0, out var a1, out var b0, out var b1);
        Line2(w + 64, x + 4, ref a0, ref a1, ref b0, ref b1);
        First2(w + 128, x + 8, out var a2, out var a3, out var b2, out var b3);
        Line2(w + 192, x + 12, ref a2, ref a3, ref b2, ref b3);
        var correction = Correction(halfSums);
        Add(d, scales, Total(a0, a2) + correction, Total(a1, a3) + correction, sums);
        correction = Correction(halfSums + 4);
        Add(d, scales + 4, Total(b0, b2) + correction, Total(b1, b3) + correction, sums + 16);
    }

    /// <summary>One half of a block times one row, into its sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row1(byte* w, byte* d, byte* x, byte* scales, byte* halfSums, float* sums)
    {
        Quarter1(w, x, out var a0, out var a1);
        Quarter1(w + 128, x + 8, out var a2, out var a3);
        var correction = Correction(halfSums);
        Add(d, scales, Total(a0, a2) + correction, Total(a1, a3) + correction, sums);
    }

    /// <summary>Lines pair, pair + 1 (low) and 4 + pair, 5 + pair (high) of a packed block times one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PackedPairs(byte* w, byte* x, int pair, out Vector256<short> low0, out Vector256<short> low1, out Vector256<short> high0, out Vector256<short> high1)
    {
        var (s, t) = (Broadcast(x + 4 * pair), Broadcast(x + 16 + 4 * pair));
        TCodes.Load(w, pair, 0, out var low, out var high);
        low0 = Avx2.MultiplyAddAdjacent(low, s);
        high0 = Avx2.MultiplyAddAdjacent(high, t);
        TCodes.Load(w, pair, 1, out low, out high);
        low1 = Avx2.MultiplyAddAdjacent(low, s);
        high1 = Avx2.MultiplyAddAdjacent(high, t);
        (s, t) = (Broadcast(x + 4 * pair + 4), Broadcast(x + 20 + 4 * pair));
        TCodes.Load(w, pair + 1, 0, out low, out high);
        low0 += Avx2.MultiplyAddAdjacent(low, s);
        high0 += Avx2.MultiplyAddAdjacent(high, t);
        TCodes.Load(w, pair + 1, 1, out low, out high);
        low1 += Avx2.MultiplyAddAdjacent(low, s);
        high1 += Avx2.MultiplyAddAdjacent(high, t);
    }

    /// <summary>The dot product of half a block from its quarters, two lines each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Total(Vector256<short> first, Vector256<short> second) =>
        TCodes.LinesIn16Bits >= 4 ? Widen(first + second) : Widen(first) + Widen(second);

    /// <summary>−Middle·Σq.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Correction(byte* halfSum) => Vector256.Create(*(int*)halfSum) * Vector256.Create(-TCodes.Middle);

    /// <summary>Half a block of one row into its 16 sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* d, byte* scales, Vector256<int> dot0, Vector256<int> dot1, float* sums)
    {
        var scale = Vector256.Create(*(float*)scales);
        Fma.MultiplyAdd(Avx.ConvertToVector256Single(dot0), Vector256.Load((float*)d) * scale, Vector256.Load(sums)).Store(sums);
        Fma.MultiplyAdd(Avx.ConvertToVector256Single(dot1), Vector256.Load((float*)d + 8) * scale, Vector256.Load(sums + 8)).Store(sums + 8);
    }
}
