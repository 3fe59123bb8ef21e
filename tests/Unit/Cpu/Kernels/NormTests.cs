using Hone.Cpu.Kernels;
using Hone.Models.Graph;

namespace Hone.Unit.Cpu.Kernels;

public unsafe class NormTests
{
    [Theory]
    [InlineData(NormKind.Rms, false)]
    [InlineData(NormKind.Layer, false)]
    [InlineData(NormKind.L2, false)]
    [InlineData(NormKind.L2, true)]
    public void EqualsItsFormulaAtEveryLength(NormKind kind, bool floor)
    {
        var random = new Random(3);
        for (var count = 1; count <= 257; count++)
        {
            float[] x = Numbers(random, count), gain = Numbers(random, count), bias = Numbers(random, count);
            var y = (float[])x.Clone();
            fixed (float* p = y, g = gain, b = bias)
                Norms.Apply(kind, p, p, count, 1e-3, floor, g, b);
            var mean = kind == NormKind.Layer ? x.Average(v => (double)v) : 0;
            var squares = x.Sum(v => (v - mean) * (v - mean));
            var length = kind switch
            {
                NormKind.L2 when floor => Math.Max(Math.Sqrt(squares), 1e-3),
                NormKind.L2 => Math.Sqrt(squares + 1e-3),
                _ => Math.Sqrt(squares / count + 1e-3),
            };
            for (var i = 0; i < count; i++)
                Assert.Equal((x[i] - mean) / length * gain[i] + bias[i], y[i], 2e-5);
        }
    }

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 4 - 2))];
}
