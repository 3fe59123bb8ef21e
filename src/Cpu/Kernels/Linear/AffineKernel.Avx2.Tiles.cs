using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Hone.Cpu.Kernels.Quantize;

namespace Hone.Cpu.Kernels.Linear;

/// <summary>
/// Rows × 16 outputs over an unpacked panel. The products of a line are summed in 16 bits as long as they fit, and widened to 32 once or twice a block.
/// In the names a, b, c, d are rows; 0 and 1 outputs 0–7 and 8–15.
/// </summary>
internal sealed unsafe partial class AffineKernel<TCodes, TScales>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Tile4(byte* panel, byte* x, int blocks, float* sums, bool first)
    {
        var ones = Vector256.Create((short)1);
        Vector256<float> a0, a1, b0, b1, c0, c1, d0, d1;
        a0 = a1 = b0 = b1 = c0 = c1 = d0 = d1 = Vector256<float>.Zero;
        if (!first)
        {
            (a0, a1) = (Vector256.Load(sums + 0), Vector256.Load(sums + 8));
            (b0, b1) = (Vector256.Load(sums + 16), Vector256.Load(sums + 24));
            (c0, c1) = (Vector256.Load(sums + 32), Vector256.Load(sums + 40));
            (d0, d1) = (Vector256.Load(sums + 48), Vector256.Load(sums + 56));
        }
        for (; blocks > 0; blocks--, panel += IntegerPanel.BlockBytes, x += Quads.BlockBytes)
        {
            var (w0, w1) = (Vector256.Load(panel), Vector256.Load(panel + 32));
            var t = Broadcast(x);
            var (as0, as1) = (Avx2.MultiplyAddAdjacent(w0, t), Avx2.MultiplyAddAdjacent(w1, t));
            t = Broadcast(x + 32);
            var (bs0, bs1) = (Avx2.MultiplyAddAdjacent(w0, t), Avx2.MultiplyAddAdjacent(w1, t));
            t = Broadcast(x + 64);
            var (cs0, cs1) = (Avx2.MultiplyAddAdjacent(w0, t), Avx2.MultiplyAddAdjacent(w1, t));
            t = Broadcast(x + 96);
            var (ds0, ds1) = (Avx2.MultiplyAddAdjacent(w0, t), Avx2.MultiplyAddAdjacent(w1, t));
            for (var line = 1; line < 8; line++)
            {
                (w0, w1) = (Vector256.Load(panel + 64 * line), Vector256.Load(panel + 64 * line + 32));
                t = Broadcast(x + 4 * line);
                as0 += Avx2.MultiplyAddAdjacent(w0, t);
                as1 += Avx2.MultiplyAddAdjacent(w1, t);
                t = Broadcast(x + 32 + 4 * line);
                bs0 += Avx2.MultiplyAddAdjacent(w0, t);
                bs1 += Avx2.MultiplyAddAdjacent(w1, t);
                t = Broadcast(x + 64 + 4 * line);
                cs0 += Avx2.MultiplyAddAdjacent(w0, t);
                cs1 += Avx2.MultiplyAddAdjacent(w1, t);
                t = Broadcast(x + 96 + 4 * line);
                ds0 += Avx2.MultiplyAddAdjacent(w0, t);
                ds1 += Avx2.MultiplyAddAdjacent(w1, t);
            }
            var (dw0, dw1) = (Vector256.Load((float*)(panel + IntegerPanel.FirstScales)), Vector256.Load((float*)(panel + IntegerPanel.FirstScales) + 8));
            var (mw0, mw1) = (Vector256.Load((float*)(panel + IntegerPanel.SecondScales)), Vector256.Load((float*)(panel + IntegerPanel.SecondScales) + 8));
            var (scale, sum) = (Vector256.Create(((float*)(x + Quads.Scales))[0]), Vector256.Create(((float*)(x + Quads.Sums))[0]));
            a0 = Fma.MultiplyAdd(mw0, sum, Fma.MultiplyAdd(Widen(Vector256<int>.Zero, as0, ones), dw0 * scale, a0));
            a1 = Fma.MultiplyAdd(mw1, sum, Fma.MultiplyAdd(Widen(Vector256<int>.Zero, as1, ones), dw1 * scale, a1));
            (scale, sum) = (Vector256.Create(((float*)(x + Quads.Scales))[1]), Vector256.Create(((float*)(x + Quads.Sums))[1]));
            b0 = Fma.MultiplyAdd(mw0, sum, Fma.MultiplyAdd(Widen(Vector256<int>.Zero, bs0, ones), dw0 * scale, b0));
            b1 = Fma.MultiplyAdd(mw1, sum, Fma.MultiplyAdd(Widen(Vector256<int>.Zero, bs1, ones), dw1 * scale, b1));
            (scale, sum) = (Vector256.Create(((float*)(x + Quads.Scales))[2]), Vector256.Create(((float*)(x + Quads.Sums))[2]));
            c0 = Fma.MultiplyAdd(mw0, sum, Fma.MultiplyAdd(Widen(Vector256<int>.Zero, cs0, ones), dw0 * scale, c0));
            c1 = Fma.MultiplyAdd(mw1, sum, Fma.MultiplyAdd(Widen(Vector256<int>.Zero, cs1, ones), dw1 * scale, c1));
            (scale, sum) = (Vector256.Create(((float*)(x + Quads.Scales))[3]), Vector256.Create(((float*)(x + Quads.Sums))[3]));
            d0 = Fma.MultiplyAdd(mw0, sum, Fma.MultiplyAdd(Widen(Vector256<int>.Zero, ds0, ones), dw0 * scale, d0));
            d1 = Fma.MultiplyAdd(mw1, sum, Fma.MultiplyAdd(Widen(Vector256<int>.Zero, ds1, ones), dw1 * scale, d1));
        }
        a0.Store(sums);
        a1.Store(sums + 8);
        b0.Store(sums + 16);
        b1.Store(sums + 24);
        c0.Store(sums + 32);
        c1.Store(sums + 40);
        d0.Store(sums + 48);
        d1.Store(sums + 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Tile2(byte* panel, byte* x, int lane, int blocks, float* sums, bool first)
    {
        var ones = Vector256.Create((short)1);
        var codes = x + Quads.Columns * lane;
        var scales = (float*)(x + Quads.Scales) + lane;
        Vector256<float> a0, a1, b0, b1;
        a0 = a1 = b0 = b1 = Vector256<float>.Zero;
        if (!first)
        {
            (a0, a1) = (Vector256.Load(sums + 0), Vector256.Load(sums + 8));
            (b0, b1) = (Vector256.Load(sums + 16), Vector256.Load(sums + 24));
        }
        for (; blocks > 0; blocks--, panel += IntegerPanel.BlockBytes, codes += Quads.BlockBytes, scales += Quads.BlockBytes / sizeof(float))
        {
            Vector256<int> aw0, aw1, bw0, bw1;
            aw0 = aw1 = bw0 = bw1 = Vector256<int>.Zero;
            var (w0, w1) = (Vector256.Load(panel), Vector256.Load(panel + 32));
            var t = Broadcast(codes);
            var (as0, as1) = (Avx2.MultiplyAddAdjacent(w0, t), Avx2.MultiplyAddAdjacent(w1, t));
            t = Broadcast(codes + 32);
            var (bs0, bs1) = (Avx2.MultiplyAddAdjacent(w0, t), Avx2.MultiplyAddAdjacent(w1, t));
            for (var line = 1; line < 8; line++)
            {
                if (TCodes.LinesIn16Bits < 8 && line == 4)
                {
                    (aw0, aw1) = (Avx2.MultiplyAddAdjacent(as0, ones), Avx2.MultiplyAddAdjacent(as1, ones));
                    (bw0, bw1) = (Avx2.MultiplyAddAdjacent(bs0, ones), Avx2.MultiplyAddAdjacent(bs1, ones));
                    as0 = as1 = bs0 = bs1 = Vector256<short>.Zero;
                }
                (w0, w1) = (Vector256.Load(panel + 64 * line), Vector256.Load(panel + 64 * line + 32));
                t = Broadcast(codes + 4 * line);
                as0 += Avx2.MultiplyAddAdjacent(w0, t);
                as1 += Avx2.MultiplyAddAdjacent(w1, t);
                t = Broadcast(codes + 32 + 4 * line);
                bs0 += Avx2.MultiplyAddAdjacent(w0, t);
                bs1 += Avx2.MultiplyAddAdjacent(w1, t);
            }
            var (dw0, dw1) = (Vector256.Load((float*)(panel + IntegerPanel.FirstScales)), Vector256.Load((float*)(panel + IntegerPanel.FirstScales) + 8));
            var (mw0, mw1) = (Vector256.Load((float*)(panel + IntegerPanel.SecondScales)), Vector256.Load((float*)(panel + IntegerPanel.SecondScales) + 8));
            var (scale, sum) = (Vector256.Create(scales[0]), Vector256.Create(scales[Quads.Rows + 0]));
            a0 = Fma.MultiplyAdd(mw0, sum, Fma.MultiplyAdd(Widen(aw0, as0, ones), dw0 * scale, a0));
            a1 = Fma.MultiplyAdd(mw1, sum, Fma.MultiplyAdd(Widen(aw1, as1, ones), dw1 * scale, a1));
            (scale, sum) = (Vector256.Create(scales[1]), Vector256.Create(scales[Quads.Rows + 1]));
            b0 = Fma.MultiplyAdd(mw0, sum, Fma.MultiplyAdd(Widen(bw0, bs0, ones), dw0 * scale, b0));
            b1 = Fma.MultiplyAdd(mw1, sum, Fma.MultiplyAdd(Widen(bw1, bs1, ones), dw1 * scale, b1));
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
        var codes = x + Quads.Columns * lane;
        var scales = (float*)(x + Quads.Scales) + lane;
        Vector256<float> a0, a1;
        a0 = a1 = Vector256<float>.Zero;
        if (!first)
        {
            (a0, a1) = (Vector256.Load(sums + 0), Vector256.Load(sums + 8));
        }
        for (; blocks > 0; blocks--, panel += IntegerPanel.BlockBytes, codes += Quads.BlockBytes, scales += Quads.BlockBytes / sizeof(float))
        {
            Vector256<int> aw0, aw1;
            aw0 = aw1 = Vector256<int>.Zero;
            var (w0, w1) = (Vector256.Load(panel), Vector256.Load(panel + 32));
            var t = Broadcast(codes);
            var (as0, as1) = (Avx2.MultiplyAddAdjacent(w0, t), Avx2.MultiplyAddAdjacent(w1, t));
            for (var line = 1; line < 8; line++)
            {
                if (TCodes.LinesIn16Bits < 8 && line == 4)
                {
                    (aw0, aw1) = (Avx2.MultiplyAddAdjacent(as0, ones), Avx2.MultiplyAddAdjacent(as1, ones));
                    as0 = as1 = Vector256<short>.Zero;
                }
                (w0, w1) = (Vector256.Load(panel + 64 * line), Vector256.Load(panel + 64 * line + 32));
                t = Broadcast(codes + 4 * line);
                as0 += Avx2.MultiplyAddAdjacent(w0, t);
                as1 += Avx2.MultiplyAddAdjacent(w1, t);
            }
            var (dw0, dw1) = (Vector256.Load((float*)(panel + IntegerPanel.FirstScales)), Vector256.Load((float*)(panel + IntegerPanel.FirstScales) + 8));
            var (mw0, mw1) = (Vector256.Load((float*)(panel + IntegerPanel.SecondScales)), Vector256.Load((float*)(panel + IntegerPanel.SecondScales) + 8));
            var (scale, sum) = (Vector256.Create(scales[0]), Vector256.Create(scales[Quads.Rows + 0]));
            a0 = Fma.MultiplyAdd(mw0, sum, Fma.MultiplyAdd(Widen(aw0, as0, ones), dw0 * scale, a0));
            a1 = Fma.MultiplyAdd(mw1, sum, Fma.MultiplyAdd(Widen(aw1, as1, ones), dw1 * scale, a1));
        }
        a0.Store(sums);
        a1.Store(sums + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Widen(Vector256<int> wide, Vector256<short> sums, Vector256<short> ones) =>
        Avx.ConvertToVector256Single(TCodes.LinesIn16Bits == 8 ? Avx2.MultiplyAddAdjacent(sums, ones) : wide + Avx2.MultiplyAddAdjacent(sums, ones));
}
