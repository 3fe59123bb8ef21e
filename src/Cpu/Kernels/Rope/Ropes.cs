using System.Runtime.Intrinsics;

namespace Hone.Cpu.Kernels;

/// <summary>Rotary embedding of one row of heads.</summary>
internal static unsafe class Ropes
{
    /// <summary>cos[i], sin[i] of position·inverseFrequencies[i], in f64 until the last rounding, times <paramref name="factor"/>.</summary>
    public static void Angles(int position, ReadOnlySpan<double> inverseFrequencies, double factor, float* cos, float* sin)
    {
        for (var i = 0; i < inverseFrequencies.Length; i++)
        {
            var (s, c) = Math.SinCos(position * inverseFrequencies[i]);
            cos[i] = (float)(c * factor);
            sin[i] = (float)(s * factor);
        }
    }

    /// <summary>
    /// (u, w) → (u·c − w·s, w·c + u·s) for the <paramref name="pairs"/> pairs of dimensions [start, start + 2·pairs) of each head:
    /// (i, i + pairs), or (2i, 2i + 1) if interleaved; other dimensions are copied. y may be x.
    /// </summary>
    public static void Apply(float* x, float* y, int heads, int headDim, int start, int pairs, bool interleaved, float* cos, float* sin)
    {
        for (var head = 0; head < heads; head++, x += headDim, y += headDim)
        {
            if (x != y)
                System.Buffer.MemoryCopy(x, y, headDim * sizeof(float), headDim * sizeof(float));
            if (interleaved)
                Neighbours(y + start, pairs, cos, sin);
            else
                Halves(y + start, pairs, cos, sin);
        }
    }

    private static void Halves(float* y, int pairs, float* cos, float* sin)
    {
        var i = 0;
        for (; i <= pairs - 8; i += 8)
        {
            var (u, w) = (Vector256.Load(y + i), Vector256.Load(y + pairs + i));
            var (c, s) = (Vector256.Load(cos + i), Vector256.Load(sin + i));
            Vector256.FusedMultiplyAdd(u, c, -(w * s)).Store(y + i);
            Vector256.FusedMultiplyAdd(w, c, u * s).Store(y + pairs + i);
        }
        for (; i < pairs; i++)
            (y[i], y[pairs + i]) = Rotate(y[i], y[pairs + i], cos[i], sin[i]);
    }

    private static void Neighbours(float* y, int pairs, float* cos, float* sin)
    {
        for (var i = 0; i < pairs; i++)
            (y[2 * i], y[2 * i + 1]) = Rotate(y[2 * i], y[2 * i + 1], cos[i], sin[i]);
    }

    private static (float U, float W) Rotate(float u, float w, float c, float s) =>
        (MathF.FusedMultiplyAdd(u, c, -(w * s)), MathF.FusedMultiplyAdd(w, c, u * s));
}
