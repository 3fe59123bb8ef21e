using Hone.Cpu.Kernels;

namespace Hone.Unit.Cpu.Kernels;

public unsafe class RopeTests
{
    [Theory]
    [InlineData(64, 0, 32, false)]
    [InlineData(16, 0, 2, false)]
    [InlineData(24, 16, 4, true)]
    [InlineData(40, 8, 11, false)]
    public void RotatesPairsAndCopiesTheRest(int headDim, int start, int pairs, bool interleaved)
    {
        const int Heads = 3, Position = 4095;
        double[] frequencies = [.. Enumerable.Range(0, pairs).Select(i => Math.Pow(10000, -i / (double)pairs))];
        float[] x = [.. Enumerable.Range(0, Heads * headDim).Select(i => MathF.Sin(i))], y = new float[x.Length], cos = new float[pairs], sin = new float[pairs];
        fixed (float* px = x, py = y, c = cos, s = sin)
        {
            Ropes.Angles(Position, frequencies, 1.5, c, s);
            Ropes.Apply(px, py, Heads, headDim, start, pairs, interleaved, c, s);
        }
        var expected = (float[])x.Clone();
        for (var head = 0; head < Heads; head++)
        {
            for (var i = 0; i < pairs; i++)
            {
                var u = head * headDim + start + (interleaved ? 2 * i : i);
                var w = interleaved ? u + 1 : u + pairs;
                var (sine, cosine) = Math.SinCos(Position * frequencies[i]);
                expected[u] = (float)(1.5 * (x[u] * cosine - x[w] * sine));
                expected[w] = (float)(1.5 * (x[w] * cosine + x[u] * sine));
            }
        }
        for (var i = 0; i < x.Length; i++)
            Assert.Equal(expected[i], y[i], 1e-6);
    }
}
