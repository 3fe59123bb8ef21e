using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hone.Cpu.Kernels;

/// <summary>
/// Functions of 8 numbers on top of <see cref="VectorMath"/>. Every step is one IEEE operation or an explicit FMA, so a number has
/// the same bits on every machine and at every place in a row.
/// </summary>
internal static class ElementFunctions
{
    private static Vector256<float> V(float x) => Vector256.Create(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => V(1) / (V(1) + VectorMath.Exp(-x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Silu(Vector256<float> x) => x / (V(1) + VectorMath.Exp(-x));

    /// <summary>1 − 2 / (e²ˣ + 1), and below 0.625 the odd polynomial of Cephes' tanhf, which keeps relative precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        var large = V(1) - V(2) / (VectorMath.Exp(x + x) + V(1));
        var z = x * x;
        var p = V(-5.70498872745e-3f);
        p = Vector256.FusedMultiplyAdd(p, z, V(2.06390887954e-2f));
        p = Vector256.FusedMultiplyAdd(p, z, V(-5.37397155531e-2f));
        p = Vector256.FusedMultiplyAdd(p, z, V(1.33314422036e-1f));
        p = Vector256.FusedMultiplyAdd(p, z, V(-3.33332819422e-1f));
        var small = Vector256.FusedMultiplyAdd(p * z, x, x);
        return Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(x), V(0.625f)), small, large);
    }

    /// <summary>erf by the Chebyshev form of erfc, t·exp(−x² + P(t)) with t = 1 / (1 + |x| / 2) (Numerical Recipes §6.2; 1.2e-7).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Erf(Vector256<float> x)
    {
        var t = V(1) / Vector256.FusedMultiplyAdd(V(0.5f), Vector256.Abs(x), V(1));
        var p = V(0.17087277f);
        p = Vector256.FusedMultiplyAdd(p, t, V(-0.82215223f));
        p = Vector256.FusedMultiplyAdd(p, t, V(1.48851587f));
        p = Vector256.FusedMultiplyAdd(p, t, V(-1.13520398f));
        p = Vector256.FusedMultiplyAdd(p, t, V(0.27886807f));
        p = Vector256.FusedMultiplyAdd(p, t, V(-0.18628806f));
        p = Vector256.FusedMultiplyAdd(p, t, V(0.09678418f));
        p = Vector256.FusedMultiplyAdd(p, t, V(0.37409196f));
        p = Vector256.FusedMultiplyAdd(p, t, V(1.00002368f));
        p = Vector256.FusedMultiplyAdd(p, t, V(-1.26551223f));
        var tail = V(1) - t * VectorMath.Exp(Vector256.FusedMultiplyAdd(-x, x, p));
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), -tail, tail);
    }
}
