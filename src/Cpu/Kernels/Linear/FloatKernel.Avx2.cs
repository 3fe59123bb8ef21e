using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Hone.Cpu.Packing;

namespace Hone.Cpu.Kernels.Linear;

internal sealed unsafe partial class FloatKernel
{
    private static void Avx2Tiles(float* panel, float* x, nint stride, int rows, int count, float* sums)
    {
        for (; rows >= 6; rows -= 6, x += 6 * stride, sums += 6 * PackedMatrix.GroupRows)
            Avx2Tile6(panel, x, stride, count, sums);
        for (; rows >= 2; rows -= 2, x += 2 * stride, sums += 2 * PackedMatrix.GroupRows)
            Avx2Tile2(panel, x, x + stride, count, sums);
        if (rows > 0)
            Avx2Tile1(panel, x, count, sums);
    }

    /// <summary>6 rows × 16 outputs: 12 sums in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Tile6(float* panel, float* x, nint stride, int count, float* sums)
    {
        var (a0, a1) = (Vector256.Load(sums), Vector256.Load(sums + 8));
        var (b0, b1) = (Vector256.Load(sums + 16), Vector256.Load(sums + 24));
        var (c0, c1) = (Vector256.Load(sums + 32), Vector256.Load(sums + 40));
        var (d0, d1) = (Vector256.Load(sums + 48), Vector256.Load(sums + 56));
        var (e0, e1) = (Vector256.Load(sums + 64), Vector256.Load(sums + 72));
        var (f0, f1) = (Vector256.Load(sums + 80), Vector256.Load(sums + 88));
        var x3 = x + 3 * stride;
        for (var end = x + count; x < end; x++, x3++, panel += 16)
        {
            var (w0, w1) = (Vector256.Load(panel), Vector256.Load(panel + 8));
            var t = Vector256.Create(x[0]);
            a0 = Fma.MultiplyAdd(w0, t, a0);
            a1 = Fma.MultiplyAdd(w1, t, a1);
            t = Vector256.Create(x[stride]);
            b0 = Fma.MultiplyAdd(w0, t, b0);
            b1 = Fma.MultiplyAdd(w1, t, b1);
            t = Vector256.Create(x[2 * stride]);
            c0 = Fma.MultiplyAdd(w0, t, c0);
            c1 = Fma.MultiplyAdd(w1, t, c1);
            t = Vector256.Create(x3[0]);
            d0 = Fma.MultiplyAdd(w0, t, d0);
            d1 = Fma.MultiplyAdd(w1, t, d1);
            t = Vector256.Create(x3[stride]);
            e0 = Fma.MultiplyAdd(w0, t, e0);
            e1 = Fma.MultiplyAdd(w1, t, e1);
            t = Vector256.Create(x3[2 * stride]);
            f0 = Fma.MultiplyAdd(w0, t, f0);
            f1 = Fma.MultiplyAdd(w1, t, f1);
        }
        a0.Store(sums);
        a1.Store(sums + 8);
        b0.Store(sums + 16);
        b1.Store(sums + 24);
        c0.Store(sums + 32);
        c1.Store(sums + 40);
        d0.Store(sums + 48);
        d1.Store(sums + 56);
        e0.Store(sums + 64);
        e1.Store(sums + 72);
        f0.Store(sums + 80);
        f1.Store(sums + 88);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Tile2(float* panel, float* x, float* y, int count, float* sums)
    {
        var (a0, a1) = (Vector256.Load(sums), Vector256.Load(sums + 8));
        var (b0, b1) = (Vector256.Load(sums + 16), Vector256.Load(sums + 24));
        for (var end = x + count; x < end; x++, y++, panel += 16)
        {
            var (w0, w1) = (Vector256.Load(panel), Vector256.Load(panel + 8));
            var t = Vector256.Create(*x);
            a0 = Fma.MultiplyAdd(w0, t, a0);
            a1 = Fma.MultiplyAdd(w1, t, a1);
            t = Vector256.Create(*y);
            b0 = Fma.MultiplyAdd(w0, t, b0);
            b1 = Fma.MultiplyAdd(w1, t, b1);
        }
        a0.Store(sums);
        a1.Store(sums + 8);
        b0.Store(sums + 16);
        b1.Store(sums + 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Tile1(float* panel, float* x, int count, float* sums)
    {
        var (a0, a1) = (Vector256.Load(sums), Vector256.Load(sums + 8));
        for (var end = x + count; x < end; x++, panel += 16)
        {
            var t = Vector256.Create(*x);
            a0 = Fma.MultiplyAdd(Vector256.Load(panel), t, a0);
            a1 = Fma.MultiplyAdd(Vector256.Load(panel + 8), t, a1);
        }
        a0.Store(sums);
        a1.Store(sums + 8);
    }
}
