using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hone.Cpu.Kernels.Attention;

public sealed unsafe partial class AttentionKernel
{
    /// <summary>Raw products to e^(s − m), 0 outside [from, to). Returns the maximum m and the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float Max, float Sum) Softmax(float* scores, int from, int to, float scale, float softcap)
    {
        var max = Vector256.Create(float.NegativeInfinity);
        for (var i = 0; i < Tile; i += 8)
        {
            var s = Vector256.Load(scores + i) * Vector256.Create(scale);
            if (softcap != 0)
                s = Vector256.Create(softcap) * VectorMath.Tanh(s / Vector256.Create(softcap));
            if (from > i || to < i + 8)
            {
                var index = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7) + Vector256.Create(i);
                var visible = Vector256.GreaterThanOrEqual(index, Vector256.Create(from)) & Vector256.LessThan(index, Vector256.Create(to));
                s = Vector256.ConditionalSelect(visible.AsSingle(), s, Vector256.Create(float.NegativeInfinity));
            }
            s.Store(scores + i);
            max = Vector256.Max(max, s);
        }
        var four = Vector128.Max(max.GetLower(), max.GetUpper());
        four = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        var largest = MathF.Max(four.GetElement(0), four.GetElement(1));
        var sum = Vector256<float>.Zero;
        for (var i = 0; i < Tile; i += 8)
        {
            var p = VectorMath.Exp(Vector256.Load(scores + i) - Vector256.Create(largest));
            p.Store(scores + i);
            sum += p;
        }
        return (largest, VectorMath.Sum(sum));
    }

    /// <summary>Adds a tile's maximum, sum and output to the state {m, l} and output of the tiles before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Merge(float max, float sum, float* tileSums, float* state, float* sums, int width)
    {
        var largest = MathF.Max(state[0], max);
        var factors = VectorMath.Exp(Vector256.Create(state[0], max, 0, 0, 0, 0, 0, 0) - Vector256.Create(largest));
        var (old, added) = (factors.GetElement(0), factors.GetElement(1));
        state[0] = largest;
        state[1] = MathF.FusedMultiplyAdd(state[1], old, sum * added);
        for (var d = 0; d < width; d += 8)
            Vector256.FusedMultiplyAdd(Vector256.Load(sums + d), Vector256.Create(old), Vector256.Load(tileSums + d) * Vector256.Create(added)).Store(sums + d);
    }
}
