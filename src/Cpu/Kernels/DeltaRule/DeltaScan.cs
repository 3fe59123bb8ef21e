using System.Runtime.Intrinsics;

namespace Hone.Cpu.Kernels;

/// <summary>
/// The gated delta rule of one head and 8 value columns of it, token by token: S ← e^g·S; S ← S + k⊗(β·(v − Sᵀk)); y = Sᵀq. Sums
/// over key channels ascend, columns are independent, so neither chunks nor tiles change a bit. The 8 columns of S stay in L1.
/// </summary>
internal static unsafe class DeltaScan
{
    /// <summary>Value columns of one call.</summary>
    public const int Columns = 8;

    /// <param name="q">[rows, dk] at stride <paramref name="qStride"/>; k likewise.</param>
    /// <param name="v">[rows, columns], y likewise.</param>
    /// <param name="beta">One number a row.</param>
    /// <param name="logDecay">One g a row, or dk of them if <paramref name="decayPerKey"/>; null = 0.</param>
    /// <param name="state">[dk, dv] at the first of the columns.</param>
    /// <param name="tile">Scratch of dk·8 numbers.</param>
    public static void Apply(
        float* q, int qStride, float* k, int kStride, float* v, int vStride, float* beta, int betaStride, float* logDecay, int decayStride,
        bool decayPerKey, float* y, int yStride, int rows, float* state, int dk, int dv, int columns, float* tile)
    {
        for (var i = 0; i < dk; i++)
            Elements.LoadPart(state + (nint)i * dv, columns).Store(tile + i * Columns);
        for (var t = 0; t < rows; t++)
        {
            var keep = logDecay == null ? Vector256<float>.One : VectorMath.Exp(Vector256.Create(*logDecay));
            var recalled = Vector256<float>.Zero;
            for (var i = 0; i < dk; i++)
            {
                var s = Vector256.Load(tile + i * Columns) * (decayPerKey ? VectorMath.Exp(Vector256.Create(logDecay[i])) : keep);
                s.Store(tile + i * Columns);
                recalled = Vector256.FusedMultiplyAdd(Vector256.Create(k[i]), s, recalled);
            }
            var write = (Elements.LoadPart(v, columns) - recalled) * Vector256.Create(*beta);
            var read = Vector256<float>.Zero;
            for (var i = 0; i < dk; i++)
            {
                var s = Vector256.FusedMultiplyAdd(Vector256.Create(k[i]), write, Vector256.Load(tile + i * Columns));
                s.Store(tile + i * Columns);
                read = Vector256.FusedMultiplyAdd(Vector256.Create(q[i]), s, read);
            }
            Elements.StorePart(read, y, columns);
            q = q + qStride;
            k = k + kStride;
            v = v + vStride;
            y = y + yStride;
            beta = beta + betaStride;
            if (logDecay != null)
                logDecay += decayStride;
        }
        for (var i = 0; i < dk; i++)
            Elements.StorePart(Vector256.Load(tile + i * Columns), state + (nint)i * dv, columns);
    }
}
