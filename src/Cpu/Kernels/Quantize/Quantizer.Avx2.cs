using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hone.Cpu.Kernels.Quantize;

public static unsafe partial class Quantizer
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Row(float* x, int width, byte* block, int lane)
    {
        var ones = Vector256.Create((byte)1);
        var order = Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7); // what two 128-bit-wise packs leave, put in order
        for (var end = x + width; x < end; x += Quads.Columns, block += Quads.BlockBytes)
        {
            var (a, b, c, d) = (Vector256.Load(x), Vector256.Load(x + 8), Vector256.Load(x + 16), Vector256.Load(x + 24));
            var largest = Vector256.Max(Vector256.Max(Vector256.Abs(a), Vector256.Abs(b)), Vector256.Max(Vector256.Abs(c), Vector256.Abs(d)));
            var four = Vector128.Max(largest.GetLower(), largest.GetUpper());
            four = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
            var max = MathF.Max(four.GetElement(0), four.GetElement(1));
            var (scale, inverse) = max < Smallest ? (0f, 0f) : (max / 127, 127 / max);

            var factor = Vector256.Create(inverse);
            var low = Avx2.PackSignedSaturate(Avx.ConvertToVector256Int32(a * factor), Avx.ConvertToVector256Int32(b * factor));
            var high = Avx2.PackSignedSaturate(Avx.ConvertToVector256Int32(c * factor), Avx.ConvertToVector256Int32(d * factor));
            var codes = Avx2.PermuteVar8x32(Avx2.PackSignedSaturate(low, high).AsInt32(), order).AsSByte();
            codes.Store((sbyte*)block + lane * Quads.Columns);

            var quarters = Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(ones, codes), Vector256.Create((short)1));
            var (first, second) = (Vector128.Sum(quarters.GetLower()), Vector128.Sum(quarters.GetUpper()));
            var sums = (int*)(block + Quads.HalfSums) + lane;
            sums[0] = first;
            sums[Quads.Rows] = second;
            ((float*)(block + Quads.Scales))[lane] = scale;
            ((float*)(block + Quads.Sums))[lane] = scale * (first + second);
        }
    }
}
