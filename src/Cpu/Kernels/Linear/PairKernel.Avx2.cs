using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Hone.Cpu.Kernels.Quantize;

namespace Hone.Cpu.Kernels.Linear;

internal sealed unsafe partial class PairKernel<TCodes, TScales>
{
    private const int PrefetchBytes = 2048;

    private static void Avx2Tiles(byte* panel, byte* quads, long quadBytes, int rows, int blocks, float* sums, bool first)
    {
        for (; rows >= 4; rows -= 4, quads += quadBytes, sums += 64)
        {
            Avx2Tile2(panel, quads, 0, blocks, sums, first);
            Avx2Tile2(panel, quads, 2, blocks, sums + 32, first);
        }
        if (rows >= 2)
            Avx2Tile2(panel, quads, 0, blocks, sums, first);
        if ((rows & 1) != 0)
            Avx2Tile1(panel, quads, rows - 1, blocks, sums + 16 * (rows - 1), first);
    }

    /// <summary>One row straight from the packed group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2One(byte* group, byte* x, int blocks, float* sums)
    {
        var ones = Vector256.Create((short)1);
        var (f0, f1) = (Vector256<float>.Zero, Vector256<float>.Zero);
        byte* header = group, w = group;
        for (var b = 0; b < blocks; b++, w += TCodes.Bytes + TScales.Bytes, x += Quads.BlockBytes)
        {
            if (TScales.HeaderBytes > 0 && b % TScales.BlocksPerHeader == 0)
            {
                header = w;
                w += TScales.HeaderBytes;
            }
            for (var i = 0; i < TCodes.Bytes + TScales.Bytes; i += 64)
                Sse.Prefetch0(w + PrefetchBytes + i);
            Vector256<int> low0, low1, high0, high1;
            low0 = low1 = Correction(x, 0, 0);
            high0 = high1 = Correction(x, 0, 1);
            for (var pair = 0; pair < 4; pair++)
            {
                var (a, c) = (Broadcast(x + 4 * pair), Broadcast(x + 16 + 4 * pair));
                TCodes.Load(w, pair, 0, out var low, out var high);
                low0 += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(low, a), ones);
                high0 += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(high, c), ones);
                TCodes.Load(w, pair, 1, out low, out high);
                low1 += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(low, a), ones);
                high1 += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(high, c), ones);
            }
            var scale = Vector256.Create(*(float*)(x + Quads.Scales));
            TScales.Load(header, w + TCodes.Bytes, 0, out var first, out var second);
            f0 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(low0), first * scale, f0);
            f0 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(high0), second * scale, f0);
            TScales.Load(header, w + TCodes.Bytes, 1, out first, out second);
            f1 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(low1), first * scale, f1);
            f1 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(high1), second * scale, f1);
        }
        f0.Store(sums);
        f1.Store(sums + 8);
    }

    /// <summary>Two neighbouring rows of a quad × 16 outputs over an unpacked panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Tile2(byte* panel, byte* x, int lane, int blocks, float* sums, bool first)
    {
        var ones = Vector256.Create((short)1);
        Vector256<float> a0, a1, b0, b1;
        a0 = a1 = b0 = b1 = Vector256<float>.Zero;
        if (!first)
        {
            (a0, a1) = (Vector256.Load(sums), Vector256.Load(sums + 8));
            (b0, b1) = (Vector256.Load(sums + 16), Vector256.Load(sums + 24));
        }
        var codes = x + Quads.Columns * lane;
        for (; blocks > 0; blocks--, panel += IntegerPanel.BlockBytes, codes += Quads.BlockBytes, x += Quads.BlockBytes)
        {
            var scaleA = Vector256.Create(((float*)(x + Quads.Scales))[lane]);
            var scaleB = Vector256.Create(((float*)(x + Quads.Scales))[lane + 1]);
            for (var half = 0; half < 2; half++)
            {
                Vector256<int> aw0, aw1, bw0, bw1;
                aw0 = aw1 = Correction(x, lane, half);
                bw0 = bw1 = Correction(x, lane + 1, half);
                for (var i = 0; i < 4; i += TCodes.LinesIn16Bits)
                {
                    var line = 4 * half + i;
                    var (w0, w1) = (Vector256.Load(panel + 64 * line), Vector256.Load(panel + 64 * line + 32));
                    var (s, t) = (Broadcast(codes + 4 * line), Broadcast(codes + Quads.Columns + 4 * line));
                    var (as0, as1) = (Avx2.MultiplyAddAdjacent(w0, s), Avx2.MultiplyAddAdjacent(w1, s));
                    var (bs0, bs1) = (Avx2.MultiplyAddAdjacent(w0, t), Avx2.MultiplyAddAdjacent(w1, t));
                    for (var j = 1; j < TCodes.LinesIn16Bits; j++)
                    {
                        line++;
                        (w0, w1) = (Vector256.Load(panel + 64 * line), Vector256.Load(panel + 64 * line + 32));
                        (s, t) = (Broadcast(codes + 4 * line), Broadcast(codes + Quads.Columns + 4 * line));
                        as0 += Avx2.MultiplyAddAdjacent(w0, s);
                        as1 += Avx2.MultiplyAddAdjacent(w1, s);
                        bs0 += Avx2.MultiplyAddAdjacent(w0, t);
                        bs1 += Avx2.MultiplyAddAdjacent(w1, t);
                    }
                    aw0 += Avx2.MultiplyAddAdjacent(as0, ones);
                    aw1 += Avx2.MultiplyAddAdjacent(as1, ones);
                    bw0 += Avx2.MultiplyAddAdjacent(bs0, ones);
                    bw1 += Avx2.MultiplyAddAdjacent(bs1, ones);
                }
                var d = (float*)(panel + IntegerPanel.FirstScales) + 16 * half;
                var (d0, d1) = (Vector256.Load(d), Vector256.Load(d + 8));
                a0 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(aw0), d0 * scaleA, a0);
                a1 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(aw1), d1 * scaleA, a1);
                b0 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(bw0), d0 * scaleB, b0);
                b1 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(bw1), d1 * scaleB, b1);
            }
        }
        a0.Store(sums);
        a1.Store(sums + 8);
        b0.Store(sums + 16);
        b1.Store(sums + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Tile1(byte* panel, byte* x, int lane, int blocks, float* sums, bool first)
    {
        var ones = Vector256.Create((short)1);
        var (a0, a1) = first ? (Vector256<float>.Zero, Vector256<float>.Zero) : (Vector256.Load(sums), Vector256.Load(sums + 8));
        var codes = x + Quads.Columns * lane;
        for (; blocks > 0; blocks--, panel += IntegerPanel.BlockBytes, codes += Quads.BlockBytes, x += Quads.BlockBytes)
        {
            var scale = Vector256.Create(((float*)(x + Quads.Scales))[lane]);
            for (var half = 0; half < 2; half++)
            {
                Vector256<int> w0, w1;
                w0 = w1 = Correction(x, lane, half);
                for (var line = 4 * half; line < 4 * half + 4; line++)
                {
                    var t = Broadcast(codes + 4 * line);
                    w0 += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(Vector256.Load(panel + 64 * line), t), ones);
                    w1 += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(Vector256.Load(panel + 64 * line + 32), t), ones);
                }
                var d = (float*)(panel + IntegerPanel.FirstScales) + 16 * half;
                a0 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(w0), Vector256.Load(d) * scale, a0);
                a1 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(w1), Vector256.Load(d + 8) * scale, a1);
            }
        }
        a0.Store(sums);
        a1.Store(sums + 8);
    }

    /// <summary>−Middle·Σq of one row and half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Correction(byte* x, int lane, int half) =>
        Vector256.Create(((int*)(x + Quads.HalfSums + half * Quads.HalfSumsStride))[lane]) * Vector256.Create(-TCodes.Middle);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> Broadcast(byte* four) => Vector256.Create(*(int*)four).AsSByte();
}
