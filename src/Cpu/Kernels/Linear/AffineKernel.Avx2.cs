using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Hone.Cpu.Kernels.Quantize;

namespace Hone.Cpu.Kernels.Linear;

internal sealed unsafe partial class AffineKernel<TCodes, TScales>
{
    private const int PrefetchBytes = 2048;

    private static void Avx2Tiles(byte* panel, byte* quads, long quadBytes, int rows, int blocks, float* sums, bool first)
    {
        for (; TCodes.LinesIn16Bits == 8 && rows >= 4; rows -= 4, quads += quadBytes, sums += 64)
            Avx2Tile4(panel, quads, blocks, sums, first);
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
            Vector256<short> low0, low1, high0, high1;
            low0 = low1 = high0 = high1 = Vector256<short>.Zero;
            for (var pair = 0; pair < 4; pair++)
            {
                var (a, c) = (Broadcast(x + 4 * pair), Broadcast(x + 16 + 4 * pair));
                TCodes.Load(w, pair, 0, out var low, out var high);
                low0 += Avx2.MultiplyAddAdjacent(low, a);
                high0 += Avx2.MultiplyAddAdjacent(high, c);
                TCodes.Load(w, pair, 1, out low, out high);
                low1 += Avx2.MultiplyAddAdjacent(low, a);
                high1 += Avx2.MultiplyAddAdjacent(high, c);
            }
            var scale = Vector256.Create(*(float*)(x + Quads.Scales));
            var sum = Vector256.Create(*(float*)(x + Quads.Sums));
            TScales.Load(header, w + TCodes.Bytes, 0, out var d, out var m);
            f0 = Fma.MultiplyAdd(m, sum, Fma.MultiplyAdd(Total(low0, high0, ones), d * scale, f0));
            TScales.Load(header, w + TCodes.Bytes, 1, out d, out m);
            f1 = Fma.MultiplyAdd(m, sum, Fma.MultiplyAdd(Total(low1, high1, ones), d * scale, f1));
        }
        f0.Store(sums);
        f1.Store(sums + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> Broadcast(byte* four) => Vector256.Create(*(int*)four).AsSByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Total(Vector256<short> low, Vector256<short> high, Vector256<short> ones) => Avx.ConvertToVector256Single(
        TCodes.LinesIn16Bits == 8 ? Avx2.MultiplyAddAdjacent(low + high, ones) : Avx2.MultiplyAddAdjacent(low, ones) + Avx2.MultiplyAddAdjacent(high, ones));
}
