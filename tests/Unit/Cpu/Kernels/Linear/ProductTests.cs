using Hone.Cpu;
using Hone.Cpu.Kernels.Linear;
using Hone.Cpu.Packing;
using Hone.Models.Weights;
using Hone.Models.Weights.Formats;

namespace Hone.Unit.Cpu.Kernels.Linear;

/// <summary>The determinism of products: the same bits on every instruction set, at every number of rows and split of the outputs.</summary>
public class ProductTests
{
    private static readonly int[] RowCounts = [1, 2, 3, 4, 5, 6, 7, 8, 13, 16, 33];

    public static TheoryData<NumberFormat, Profile> Cases
    {
        get
        {
            var cases = new TheoryData<NumberFormat, Profile>();
            foreach (var format in RandomWeights.Formats)
                foreach (var profile in Enum.GetValues<Profile>())
                    cases.Add(format, profile);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void All_rows_and_instruction_sets_give_the_same_bits(NumberFormat format, Profile profile)
    {
        var block = NumberFormats.BlockElements(format);
        int[] widths = block == 256 ? [256, 512, 1536] : block == 32 || format == NumberFormat.E2M1 ? [32, 64, 576, 1536] : [1, 3, 48, 257, 1030];
        foreach (var width in widths)
        {
            const int outputs = 37; // two groups and 5 rows of a third
            var tensor = RandomWeights.Create(format, outputs, width, seed: width);
            using var portable = PackedMatrix.Pack([tensor], profile, Stacking.Rows, Isa.Portable);
            var x = Product.RandomActivations(33, width, seed: 1 + width);
            var expected = Product.Run(portable, x, 33, Isa.Portable);
            Assert.All(expected, value => Assert.True(float.IsFinite(value)));
            for (var isa = Isa.Portable; isa <= IsaChoice.Highest; isa++)
            {
                using var matrix = PackedMatrix.Pack([tensor], profile, Stacking.Rows, isa);
                foreach (var rows in RowCounts)
                    AssertSameBits(expected.AsSpan(0, rows * outputs), Product.Run(matrix, x[..(rows * width)], rows, isa, groupsAtOnce: 1 + rows % 3), $"{isa}, K {width}, M {rows}");
                for (var row = 30; row < 33; row++) // a row alone, wherever it stood
                    AssertSameBits(expected.AsSpan(row * outputs, outputs), Product.Run(matrix, x[(row * width)..((row + 1) * width)], 1, isa), $"{isa}, K {width}, row {row}");
            }
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Products_are_right(NumberFormat format, Profile profile)
    {
        const int outputs = 19, width = 512, rows = 3;
        var tensor = RandomWeights.Create(format, outputs, width, seed: 11);
        using var matrix = PackedMatrix.Pack(tensor, profile);
        var x = Product.RandomActivations(rows, width, seed: 12);
        var actual = Product.Run(matrix, x, rows, IsaChoice.Current);
        // Int8 rounds each activation by at most half a step of max|x| / 127 in its block; f32 by 2^-24 a term.
        var relative = matrix.Input == ActivationForm.Int8 ? 0.5 / 127 : width * Math.Pow(2, -24);
        var w = new float[width];
        for (var n = 0; n < outputs; n++)
        {
            tensor.ReadRow(n, w);
            for (var m = 0; m < rows; m++)
            {
                double sum = 0, bound = 1e-6;
                for (var k = 0; k < width; k++)
                {
                    var largest = matrix.Input == ActivationForm.Int8 ? x.AsSpan(m * width + k / 32 * 32, 32).ToArray().Max(MathF.Abs) : MathF.Abs(x[m * width + k]);
                    sum += (double)w[k] * x[m * width + k];
                    bound += Math.Abs(w[k]) * (largest * relative + Math.Abs(x[m * width + k]) * 1e-5);
                }
                Assert.Equal(sum, actual[m * outputs + n], bound);
            }
        }
    }

    [Fact]
    public void Exact_products_are_one_chain_of_fused_multiply_adds()
    {
        var tensor = RandomWeights.Create(NumberFormat.Q4_K, 17, 512, seed: 13);
        using var matrix = PackedMatrix.Pack(tensor, Profile.Exact);
        var x = Product.RandomActivations(1, 512, seed: 14);
        var actual = Product.Run(matrix, x, 1, IsaChoice.Current);
        var w = new float[512];
        for (var n = 0; n < 17; n++)
        {
            tensor.ReadRow(n, w);
            var acc = 0f;
            for (var k = 0; k < 512; k++)
                acc = MathF.FusedMultiplyAdd(w[k], x[k], acc);
            Assert.Equal(acc, actual[n]);
        }
    }

    [Theory]
    [InlineData(Profile.Exact)]
    [InlineData(Profile.Fast)]
    public void Bias_and_residual_are_added_in_that_order(Profile profile)
    {
        var tensor = RandomWeights.Create(NumberFormat.Q4_1, 37, 64, seed: 15);
        using var matrix = PackedMatrix.Pack(tensor, profile);
        var x = Product.RandomActivations(5, 64, seed: 16);
        var bias = Product.RandomActivations(1, 37, seed: 17);
        var residual = Product.RandomActivations(5, 37, seed: 18);
        var plain = Product.Run(matrix, x, 5, IsaChoice.Current);
        var actual = Product.Run(matrix, x, 5, IsaChoice.Current, bias: bias, start: residual);
        for (var i = 0; i < actual.Length; i++)
            Assert.Equal(plain[i] + bias[i % 37] + residual[i], actual[i]);
    }

    [Fact]
    public void Activations_of_the_wrong_form_are_refused()
    {
        using var matrix = PackedMatrix.Pack(RandomWeights.Create(NumberFormat.Q4_1, 16, 64, seed: 19), Profile.Fast);
        Assert.Throws<ArgumentException>(() => MultiplyFloats(matrix));
    }

    private static unsafe void MultiplyFloats(PackedMatrix matrix)
    {
        var x = stackalloc float[64];
        matrix.Multiply(Activations.FromFloats(x, 64, 1, 64), 0, 1, new Destination(x, 64), (byte*)x);
    }

    private static void AssertSameBits(ReadOnlySpan<float> expected, float[] actual, string what)
    {
        for (var i = 0; i < actual.Length; i++)
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
                Assert.Fail($"{what}: output {i} is {actual[i]:R}, not {expected[i]:R}");
    }
}
