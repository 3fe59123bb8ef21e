using Hone.Engine.Sampling;

namespace Hone.Unit.Engine.Sampling;

public sealed class ExponentialTests
{
    [Fact]
    public void Is_one_at_zero_and_nothing_far_below()
    {
        Assert.Equal((1f, 0f, 0f), (Exponential.Of(0f), Exponential.Of(-200f), Exponential.Of(float.NegativeInfinity)));
        Assert.Equal((1.0, 0.0, 0.0), (Exponential.Of(0.0), Exponential.Of(-2000.0), Exponential.Of(double.NegativeInfinity)));
    }

    [Fact]
    public void Is_near_the_exact_value()
    {
        for (var i = 0; i < 100_000; i++)
        {
            var x = -i * 86.9f / 100_000;
            Assert.InRange(Exponential.Of(x) / Math.Exp(x), 1 - 3e-7, 1 + 3e-7);
            Assert.InRange(Exponential.Of((double)x * 8) / Math.Exp((double)x * 8), 1 - 1e-15, 1 + 1e-15);
        }
    }
}
