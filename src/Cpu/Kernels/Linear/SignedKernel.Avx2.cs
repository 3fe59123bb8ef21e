using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Hone.Cpu.Kernels.Quantize;

namespace Hone.Cpu.Kernels.Linear;

/// <summary>Signed × signed by |w| × sign(x, w): a pair of products is at most 2·128·127, so it fits 16 bits, but no two pairs do.</summary>
internal sealed unsafe partial class SignedKernel
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
    private static void Avx2One(byte* w, byte* x, int blocks, float* sums)
    {
        var ones = Vector256.Create((short)1);
        var (f0, f1) = (Vector256<float>.Zero, Vector256<float>.Zero);
        for (; blocks > 0; blocks--, w += PackedBytes, x += Quads.BlockBytes)
        {
            for (var i = 0; i < PackedBytes; i += 64)
                Sse.Prefetch0(w + PrefetchBytes + i);
            Vector256<int> s0, s1;
            s0 = s1 = Vector256<int>.Zero;
            for (var line = 0; line < 8; line++)
            {
                var t = Broadcast(x + 4 * line);
                s0 += Dot(Vector256.Load((sbyte*)w + 64 * line), t, ones);
                s1 += Dot(Vector256.Load((sbyte*)w + 64 * line + 32), t, ones);
            }
            var scale = Vector256.Create(*(float*)(x + Quads.Scales));
            f0 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(s0), SmallFloats.FromF16((ushort*)(w + CodeBytes)) * scale, f0);
            f1 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(s1), SmallFloats.FromF16((ushort*)(w + CodeBytes) + 8) * scale, f1);
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
        var scales = (float*)(x + Quads.Scales) + lane;
        for (; blocks > 0; blocks--, panel += IntegerPanel.BlockBytes, codes += Quads.BlockBytes, scales += Quads.BlockBytes / sizeof(float))
        {
            Vector256<int> as0, as1, bs0, bs1;
            as0 = as1 = bs0 = bs1 = Vector256<int>.Zero;
            for (var line = 0; line < 8; line++)
            {
                var (s, t) = (Broadcast(codes + 4 * line), Broadcast(codes + Quads.Columns + 4 * line));
                var w = Vector256.Load((sbyte*)panel + 64 * line);
                var magnitude = Avx2.Abs(w);
                as0 += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(magnitude, Avx2.Sign(s, w)), ones);
                bs0 += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(magnitude, Avx2.Sign(t, w)), ones);
                w = Vector256.Load((sbyte*)panel + 64 * line + 32);
                magnitude = Avx2.Abs(w);
                as1 += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(magnitude, Avx2.Sign(s, w)), ones);
                bs1 += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(magnitude, Avx2.Sign(t, w)), ones);
            }
            var d = (float*)(panel + IntegerPanel.FirstScales);
            var (d0, d1) = (Vector256.Load(d), Vector256.Load(d + 8));
            var scale = Vector256.Create(scales[0]);
            a0 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(as0), d0 * scale, a0);
            a1 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(as1), d1 * scale, a1);
            scale = Vector256.Create(scales[1]);
            b0 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(bs0), d0 * scale, b0);
            b1 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(bs1), d1 * scale, b1);
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
        var scales = (float*)(x + Quads.Scales) + lane;
        for (; blocks > 0; blocks--, panel += IntegerPanel.BlockBytes, codes += Quads.BlockBytes, scales += Quads.BlockBytes / sizeof(float))
        {
            Vector256<int> s0, s1;
            s0 = s1 = Vector256<int>.Zero;
            for (var line = 0; line < 8; line++)
            {
                var t = Broadcast(codes + 4 * line);
                s0 += Dot(Vector256.Load((sbyte*)panel + 64 * line), t, ones);
                s1 += Dot(Vector256.Load((sbyte*)panel + 64 * line + 32), t, ones);
            }
            var scale = Vector256.Create(scales[0]);
            var d = (float*)(panel + IntegerPanel.FirstScales);
            a0 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(s0), Vector256.Load(d) * scale, a0);
            a1 = Fma.MultiplyAdd(Avx.ConvertToVector256Single(s1), Vector256.Load(d + 8) * scale, a1);
        }
        a0.Store(sums);
        a1.Store(sums + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Dot(Vector256<sbyte> w, Vector256<sbyte> x, Vector256<short> ones) =>
        Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(Avx2.Abs(w), Avx2.Sign(x, w)), ones);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> Broadcast(byte* four) => Vector256.Create(*(int*)four).AsSByte();
}
