using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hone.Cpu.Kernels.Attention;

public sealed unsafe partial class AttentionKernel
{
    /// <summary>One query × 64 keys: 8 sums in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Scores1(float* q, float* keys, int dim, float* scores)
    {
        Vector256<float> a, b, c, d, e, f, g, h;
        a = b = c = d = e = f = g = h = Vector256<float>.Zero;
        for (var end = q + dim; q < end; q++, keys += Tile)
        {
            var x = Vector256.Create(*q);
            a = Fma.MultiplyAdd(x, Vector256.Load(keys), a);
            b = Fma.MultiplyAdd(x, Vector256.Load(keys + 8), b);
            c = Fma.MultiplyAdd(x, Vector256.Load(keys + 16), c);
            d = Fma.MultiplyAdd(x, Vector256.Load(keys + 24), d);
            e = Fma.MultiplyAdd(x, Vector256.Load(keys + 32), e);
            f = Fma.MultiplyAdd(x, Vector256.Load(keys + 40), f);
            g = Fma.MultiplyAdd(x, Vector256.Load(keys + 48), g);
            h = Fma.MultiplyAdd(x, Vector256.Load(keys + 56), h);
        }
        a.Store(scores);
        b.Store(scores + 8);
        c.Store(scores + 16);
        d.Store(scores + 24);
        e.Store(scores + 32);
        f.Store(scores + 40);
        g.Store(scores + 48);
        h.Store(scores + 56);
    }

    /// <summary>Two queries × 64 keys, in two halves: 8 sums in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Scores2(float* q, float* r, float* keys, int dim, float* qScores, float* rScores)
    {
        for (var half = 0; half < Tile; half += 32)
        {
            Vector256<float> q0, q1, q2, q3, r0, r1, r2, r3;
            q0 = q1 = q2 = q3 = r0 = r1 = r2 = r3 = Vector256<float>.Zero;
            var k = keys + half;
            for (var i = 0; i < dim; i++, k += Tile)
            {
                var (k0, k1, k2, k3) = (Vector256.Load(k), Vector256.Load(k + 8), Vector256.Load(k + 16), Vector256.Load(k + 24));
                var x = Vector256.Create(q[i]);
                q0 = Fma.MultiplyAdd(x, k0, q0);
                q1 = Fma.MultiplyAdd(x, k1, q1);
                q2 = Fma.MultiplyAdd(x, k2, q2);
                q3 = Fma.MultiplyAdd(x, k3, q3);
                x = Vector256.Create(r[i]);
                r0 = Fma.MultiplyAdd(x, k0, r0);
                r1 = Fma.MultiplyAdd(x, k1, r1);
                r2 = Fma.MultiplyAdd(x, k2, r2);
                r3 = Fma.MultiplyAdd(x, k3, r3);
            }
            Store4(qScores + half, q0, q1, q2, q3);
            Store4(rScores + half, r0, r1, r2, r3);
        }
    }

    /// <summary>Probabilities × values of one query, 32 numbers of the value at a time, then 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Values1(float* p, float* values, int from, int to, int width, float* sums)
    {
        var d = 0;
        for (; d <= width - 32; d += 32)
        {
            Vector256<float> a, b, c, e;
            a = b = c = e = Vector256<float>.Zero;
            var v = values + from * width + d;
            for (var j = from; j < to; j++, v += width)
            {
                var x = Vector256.Create(p[j]);
                a = Fma.MultiplyAdd(x, Vector256.Load(v), a);
                b = Fma.MultiplyAdd(x, Vector256.Load(v + 8), b);
                c = Fma.MultiplyAdd(x, Vector256.Load(v + 16), c);
                e = Fma.MultiplyAdd(x, Vector256.Load(v + 24), e);
            }
            Store4(sums + d, a, b, c, e);
        }
        for (; d < width; d += 8)
        {
            var a = Vector256<float>.Zero;
            for (var j = from; j < to; j++)
                a = Fma.MultiplyAdd(Vector256.Create(p[j]), Vector256.Load(values + j * width + d), a);
            a.Store(sums + d);
        }
    }

    /// <summary>The same for two queries that see the same positions: 8 sums in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Avx2Values2(float* p, float* r, float* values, int from, int to, int width, float* pSums, float* rSums)
    {
        var d = 0;
        for (; d <= width - 32; d += 32)
        {
            Vector256<float> p0, p1, p2, p3, r0, r1, r2, r3;
            p0 = p1 = p2 = p3 = r0 = r1 = r2 = r3 = Vector256<float>.Zero;
            var v = values + from * width + d;
            for (var j = from; j < to; j++, v += width)
            {
                var (v0, v1, v2, v3) = (Vector256.Load(v), Vector256.Load(v + 8), Vector256.Load(v + 16), Vector256.Load(v + 24));
                var x = Vector256.Create(p[j]);
                p0 = Fma.MultiplyAdd(x, v0, p0);
                p1 = Fma.MultiplyAdd(x, v1, p1);
                p2 = Fma.MultiplyAdd(x, v2, p2);
                p3 = Fma.MultiplyAdd(x, v3, p3);
                x = Vector256.Create(r[j]);
                r0 = Fma.MultiplyAdd(x, v0, r0);
                r1 = Fma.MultiplyAdd(x, v1, r1);
                r2 = Fma.MultiplyAdd(x, v2, r2);
                r3 = Fma.MultiplyAdd(x, v3, r3);
            }
            Store4(pSums + d, p0, p1, p2, p3);
            Store4(rSums + d, r0, r1, r2, r3);
        }
        for (; d < width; d += 8)
        {
            Vector256<float> a, b;
            a = b = Vector256<float>.Zero;
            for (var j = from; j < to; j++)
            {
                var v = Vector256.Load(values + j * width + d);
                a = Fma.MultiplyAdd(Vector256.Create(p[j]), v, a);
                b = Fma.MultiplyAdd(Vector256.Create(r[j]), v, b);
            }
            a.Store(pSums + d);
            b.Store(rSums + d);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store4(float* target, Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        a.Store(target);
        b.Store(target + 8);
        c.Store(target + 16);
        d.Store(target + 24);
    }
}
