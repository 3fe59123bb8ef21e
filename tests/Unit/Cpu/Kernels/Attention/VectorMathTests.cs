using System.Runtime.Intrinsics;
using Hone.Cpu.Kernels;

namespace Hone.Unit.Cpu.Kernels.Attention;

public class VectorMathTests
{
    [Fact]
    public void Exp_is_within_two_units_in_the_last_place()
    {
        for (var x = -87.33f; x <= 88.72f; x += 0.00371f)
        {
            var (expected, actual) = (Math.Exp(x), Exp(x));
            var unit = MathF.BitIncrement((float)expected) - (double)(float)expected;
            Assert.True(Math.Abs(actual - expected) <= 2 * unit, $"e^{x:R} = {actual:R}, not {expected:R}");
        }
    }

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(-88f, 0f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(89f, float.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void Exp_at_the_ends(float x, float expected) => Assert.Equal(expected, Exp(x));

    [Fact]
    public void Tanh_is_within_2e_7()
    {
        for (var x = -12f; x <= 12; x += 0.00173f)
            Assert.Equal(Math.Tanh(x), VectorMath.Tanh(Vector256.Create(x)).GetElement(3), 2e-7);
    }

    private static float Exp(float x) => VectorMath.Exp(Vector256.Create(x)).GetElement(5);
}
