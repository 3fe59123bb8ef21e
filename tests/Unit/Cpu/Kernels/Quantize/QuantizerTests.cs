using Hone.Cpu;
using Hone.Cpu.Kernels.Quantize;
using Hone.TestKit;

namespace Hone.Unit.Cpu.Kernels.Quantize;

public unsafe class QuantizerTests
{
    [Fact]
    public void Codes_scales_and_sums_follow_the_definition()
    {
        var x = Rows(rows: 7, width: 96, seed: 1);
        var quads = Quantize(IsaChoice.Current, x, 7, 96);
        for (var row = 0; row < 7; row++)
            for (var block = 0; block < 3; block++)
            {
                var at = (int)(row / 4 * Quads.QuadBytes(96)) + block * Quads.BlockBytes;
                var lane = row % 4;
                var values = x.AsSpan(row * 96 + block * 32, 32);
                var max = 0f;
                foreach (var value in values)
                    max = MathF.Max(max, MathF.Abs(value));
                var scale = BitConverter.ToSingle(quads, at + Quads.Scales + 4 * lane);
                Assert.Equal(max < 1e-30f ? 0 : max / 127, scale);
                var sums = new int[2];
                for (var i = 0; i < 32; i++)
                {
                    var code = (sbyte)quads[at + 32 * lane + i];
                    Assert.InRange(code, -127, 127);
                    Assert.Equal(values[i], code * (double)scale, scale * 0.5001 + 1e-30);
                    sums[i / 16] += code;
                }
                Assert.Equal(sums[0], BitConverter.ToInt32(quads, at + Quads.HalfSums + 4 * lane));
                Assert.Equal(sums[1], BitConverter.ToInt32(quads, at + Quads.HalfSums + Quads.HalfSumsStride + 4 * lane));
                Assert.Equal(scale * (sums[0] + sums[1]), BitConverter.ToSingle(quads, at + Quads.Sums + 4 * lane));
            }
    }

    [Fact]
    public void All_instruction_sets_write_the_same_bytes()
    {
        foreach (var width in new[] { 32, 64, 576, 1536 })
        {
            var x = Rows(5, width, seed: width);
            var expected = Quantize(Isa.Portable, x, 5, width);
            for (var isa = Isa.Portable; isa <= IsaChoice.Highest; isa++)
                Assert.Equal(expected, Quantize(isa, x, 5, width));
        }
    }

    private static float[] Rows(int rows, int width, int seed)
    {
        var random = new Random(seed);
        var x = new float[rows * width];
        for (var i = 0; i < x.Length; i++)
            x[i] = (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-6, 4));
        Array.Clear(x, 0, 32);
        x.AsSpan(32, 32).Fill(-1.5f);
        for (var i = 0; i < 32; i++)
            x[width + i] = i % 2 == 0 ? 1e-38f : -1e-40f; // below the smallest scale
        for (var i = 0; i < 32; i++)
            x[2 * width + i] = i == 5 ? 127 : i - 16.5f; // ties
        return x;
    }

    private static byte[] Quantize(Isa isa, float[] x, int rows, int width)
    {
        var bytes = (int)Quads.Bytes(rows, width);
        using var target = new GuardedMemory(bytes);
        using var source = new GuardedMemory(rows * width * sizeof(float));
        x.CopyTo(new Span<float>((float*)source.Start, x.Length));
        for (var row = 0; row < rows; row++)
            Quantizer.Row(isa, (float*)source.Start + row * width, width, (byte*)target.Start, row);
        return new Span<byte>((byte*)target.Start, bytes).ToArray();
    }
}
