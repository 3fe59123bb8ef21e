using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Hone.Cpu.Kernels.Quantize;
using static Hone.Cpu.Kernels.Linear.Avx2Dot;

namespace Hone.Cpu.Kernels.Linear;

/// <summary>
/// One packed row group × one row, and 1, 2 or 4 rows × 16 outputs over an unpacked panel, whose sums stay in memory so that the 16-bit sums have the registers.
/// In the names a, b, c, d are rows; 0 and 1 outputs 0–7 and 8–15.
/// </summary>
internal sealed unsafe partial class AffineKernel<TCodes, TScales>
{
    private static void Avx2Tiles(byte* panel, byte* quads, long quadBytes, int rows, int blocks, float* sums, byte* ahead)
    {
        for (; rows >= 4; rows -= 4, quads += quadBytes, sums += 64, ahead = null)
            if (TCodes.LinesIn16Bits == 8)
            {
                Avx2Tile4(panel, quads, blocks, sums, ahead);
            }
            else
            {
                Avx2Tile2(panel, quads, quads + Quads.Scales, blocks, sums, ahead);
                Avx2Tile2(panel, quads + 2 * Quads.Columns, quads + Quads.Scales + 8, blocks, sums + 32, null);
            }
        if (rows >= 2)
            Avx2Tile2(panel, quads, quads + Quads.Scales, blocks, sums, ahead);
        if ((rows & 1) != 0)
            Avx2Tile1(panel, quads + (rows - 1) * Quads.Columns, quads + Quads.Scales + 4 * (rows - 1), blocks, sums + 16 * (rows - 1));
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
            Vector256<short> low0, low1, high0, high1;
            low0 = low1 = high0 = high1 = Vector256<short>.Zero;
            Pair(w, x, 0, ref low0, ref low1, ref high0, ref high1);
            Pair(w, x, 1, ref low0, ref low1, ref high0, ref high1);
            Pair(w, x, 2, ref low0, ref low1, ref high0, ref high1);
            Pair(w, x, 3, ref low0, ref low1, ref high0, ref high1);
            var (scale, sum) = (Vector256.Create(*(float*)(x + Quads.Scales)), Vector256.Create(*(float*)(x + Quads.Sums)));
            TScales.Load(header, w + TCodes.Bytes, 0, out var d, out var m);
            f0 = Fma.MultiplyAdd(m, sum, Fma.MultiplyAdd(Avx.ConvertToVector256Single(Total(low0, high0)), d * scale, f0));
            TScales.Load(header, w + TCodes.Bytes, 1, out d, out m);
            f1 = Fma.MultiplyAdd(m, sum, Fma.MultiplyAdd(Avx.ConvertToVector256Single(Total(low1, high1)), d * scale, f1));
        }
        f0.Store(sums);
        f1.Store(sums + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Tile4(byte* panel, byte* x, int blocks, float* sums, byte* ahead)
    {
        for (; blocks > 0; blocks--, panel += IntegerPanel.BlockBytes, x += Quads.BlockBytes)
        {
            PrefetchNext(ref ahead, TCodes.Bytes + TScales.Bytes);
            First2(panel, x, out var a0, out var a1, out var b0, out var b1);
            First2(panel, x + 64, out var c0, out var c1, out var d0, out var d1);
            Line4(panel + 64, x + 4, ref a0, ref a1, ref b0, ref b1, ref c0, ref c1, ref d0, ref d1);
            Line4(panel + 128, x + 8, ref a0, ref a1, ref b0, ref b1, ref c0, ref c1, ref d0, ref d1);
            Line4(panel + 192, x + 12, ref a0, ref a1, ref b0, ref b1, ref c0, ref c1, ref d0, ref d1);
            Line4(panel + 256, x + 16, ref a0, ref a1, ref b0, ref b1, ref c0, ref c1, ref d0, ref d1);
            Line4(panel + 320, x + 20, ref a0, ref a1, ref b0, ref b1, ref c0, ref c1, ref d0, ref d1);
            Line4(panel + 384, x + 24, ref a0, ref a1, ref b0, ref b1, ref c0, ref c1, ref d0, ref d1);
            Line4(panel + 448, x + 28, ref a0, ref a1, ref b0, ref b1, ref c0, ref c1, ref d0, ref d1);
            Add(panel, x + Quads.Scales, Widen(a0), Widen(a1), sums);
            Add(panel, x + Quads.Scales + 4, Widen(b0), Widen(b1), sums + 16);
            Add(panel, x + Quads.Scales + 8, Widen(c0), Widen(c1), sums + 32);
            Add(panel, x + Quads.Scales + 12, Widen(d0), Widen(d1), sums + 48);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Tile2(byte* panel, byte* codes, byte* scales, int blocks, float* sums, byte* ahead)
    {
        for (; blocks > 0; blocks--, panel += IntegerPanel.BlockBytes, codes += Quads.BlockBytes, scales += Quads.BlockBytes)
        {
            PrefetchNext(ref ahead, TCodes.Bytes + TScales.Bytes);
            Half2(panel, codes, out var a0, out var a1, out var b0, out var b1);
            Half2(panel + 256, codes + 16, out var high0, out var high1, out var other0, out var other1);
            Add(panel, scales, Total(a0, high0), Total(a1, high1), sums);
            Add(panel, scales + 4, Total(b0, other0), Total(b1, other1), sums + 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Tile1(byte* panel, byte* codes, byte* scales, int blocks, float* sums)
    {
        for (; blocks > 0; blocks--, panel += IntegerPanel.BlockBytes, codes += Quads.BlockBytes, scales += Quads.BlockBytes)
        {
            Half1(panel, codes, out var a0, out var a1);
            Half1(panel + 256, codes + 16, out var high0, out var high1);
            Add(panel, scales, Total(a0, high0), Total(a1, high1), sums);
        }
    }

    /// <summary>Lines <paramref name="pair"/> and 4 + pair of a packed block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair(byte* w, byte* x, int pair, ref Vector256<short> low0, ref Vector256<short> low1, ref Vector256<short> high0, ref Vector256<short> high1)
    {
        var (s, t) = (Broadcast(x + 4 * pair), Broadcast(x + 16 + 4 * pair));
        TCodes.Load(w, pair, 0, out var low, out var high);
        low0 += Avx2.MultiplyAddAdjacent(low, s);
        high0 += Avx2.MultiplyAddAdjacent(high, t);
        TCodes.Load(w, pair, 1, out low, out high);
        low1 += Avx2.MultiplyAddAdjacent(low, s);
        high1 += Avx2.MultiplyAddAdjacent(high, t);
    }

    /// <summary>The dot product of a block from its halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Total(Vector256<short> low, Vector256<short> high) =>
        TCodes.LinesIn16Bits == 8 ? Widen(low + high) : Widen(low) + Widen(high);

    /// <summary>One block of one row into its 16 sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* panel, byte* scales, Vector256<int> dot0, Vector256<int> dot1, float* sums)
    {
        var (scale, sum) = (Vector256.Create(*(float*)scales), Vector256.Create(*(float*)(scales + Quads.Sums - Quads.Scales)));
        float* d = (float*)(panel + IntegerPanel.FirstScales), m = (float*)(panel + IntegerPanel.SecondScales);
        var f0 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(dot0), Vector256.Load(d) * scale, Vector256.Load(sums));
        var f1 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(dot1), Vector256.Load(d + 8) * scale, Vector256.Load(sums + 8));
        Fma.MultiplyAdd(Vector256.Load(m), sum, f0).Store(sums);
        Fma.MultiplyAdd(Vector256.Load(m + 8), sum, f1).Store(sums + 8);
    }
}
