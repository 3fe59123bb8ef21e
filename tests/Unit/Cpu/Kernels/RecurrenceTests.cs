using Hone.Cpu.Kernels;

namespace Hone.Unit.Cpu.Kernels;

public unsafe class RecurrenceTests
{
    private static readonly int[] Chunks = [1, 2, 3, 5, 8, 30];

    /// <summary>Against plain loops, in chunks shorter and longer than the state.</summary>
    [Theory]
    [InlineData(4, 13)]
    [InlineData(2, 8)]
    [InlineData(3, 70)]
    public void ConvolutionEqualsPlainLoops(int kernel, int width)
    {
        const int Rows = 30;
        float[] x = Numbers(1, Rows * width), taps = Numbers(2, kernel * width), bias = Numbers(3, width);
        foreach (var chunk in Chunks)
        {
            float[] y = new float[x.Length], state = new float[(kernel - 1) * width];
            fixed (float* px = x, py = y, pt = taps, pb = bias, ps = state)
            {
                for (var t = 0; t < Rows; t += chunk)
                {
                    for (var first = 0; first < width; first += 16) // ranges of channels, as threads take them
                        Convolution.Apply(px + t * width, width, py + t * width, width, Math.Min(chunk, Rows - t), pt, pb, ps, width, kernel, first, Math.Min(16, width - first));
                }
            }
            for (var t = 0; t < Rows; t++)
            {
                for (var c = 0; c < width; c++)
                    Assert.Equal(bias[c] + Enumerable.Range(0, kernel).Sum(j => t - kernel + 1 + j < 0 ? 0.0 : taps[j * width + c] * (double)x[(t - kernel + 1 + j) * width + c]), y[t * width + c], 1e-5);
            }
            Assert.Equal(x[^state.Length..], state);
        }
    }

    [Theory]
    [InlineData(16, 8, false)]
    [InlineData(12, 5, false)]
    [InlineData(16, 8, true)]
    public void DeltaRuleEqualsPlainLoops(int dk, int columns, bool decayPerKey)
    {
        const int Rows = 30, Dv = 11;
        var decays = decayPerKey ? dk : 1;
        float[] q = Numbers(1, Rows * dk), k = Numbers(2, Rows * dk), v = Numbers(3, Rows * Dv), beta = Numbers(4, Rows);
        float[] g = [.. Numbers(5, Rows * decays).Select(n => -MathF.Abs(n))];
        var (expected, expectedState) = Plain(q, k, v, beta, g, dk, columns, Dv, decays);
        float[]? bits = null;
        foreach (var chunk in Chunks)
        {
            float[] y = new float[Rows * Dv], state = new float[dk * Dv], tile = new float[dk * DeltaScan.Columns];
            fixed (float* pq = q, pk = k, pv = v, pb = beta, pg = g, py = y, ps = state, pt = tile)
            {
                for (var t = 0; t < Rows; t += chunk)
                {
                    DeltaScan.Apply(
                        pq + t * dk, dk, pk + t * dk, dk, pv + t * Dv, Dv, pb + t, 1, pg + t * decays, decays, decayPerKey, py + t * Dv, Dv,
                        Math.Min(chunk, Rows - t), ps, dk, Dv, columns, pt);
                }
            }
            for (var i = 0; i < y.Length; i++)
                Assert.Equal(expected[i], y[i], 1e-4);
            for (var i = 0; i < state.Length; i++)
                Assert.Equal(expectedState[i], state[i], 1e-4);
            Assert.Equal(bits ??= y, y);
        }
    }

    private static (double[] Y, double[] State) Plain(float[] q, float[] k, float[] v, float[] beta, float[] g, int dk, int columns, int dv, int decays)
    {
        double[] y = new double[v.Length], s = new double[dk * dv];
        for (var t = 0; t < beta.Length; t++)
        {
            for (var c = 0; c < columns; c++)
            {
                for (var i = 0; i < dk; i++)
                    s[i * dv + c] *= Math.Exp(g[t * decays + (decays == 1 ? 0 : i)]);
                var write = beta[t] * (v[t * dv + c] - Enumerable.Range(0, dk).Sum(i => s[i * dv + c] * k[t * dk + i]));
                for (var i = 0; i < dk; i++)
                    s[i * dv + c] += k[t * dk + i] * write;
                y[t * dv + c] = Enumerable.Range(0, dk).Sum(i => s[i * dv + c] * q[t * dk + i]);
            }
        }
        return (y, s);
    }

    private static float[] Numbers(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
    }
}
