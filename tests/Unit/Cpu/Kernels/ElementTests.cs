using Hone.Cpu.Kernels;
using Hone.Models.Graph;

namespace Hone.Unit.Cpu.Kernels;

public unsafe class ElementTests
{
    public static TheoryData<Act> Activations => [.. Enum.GetValues<Act>()];

    /// <summary>Against f64 from −30 to 30, and at the far ends.</summary>
    [Theory]
    [MemberData(nameof(Activations))]
    public void ActivationsEqualTheirFormulas(Act kind)
    {
        float[] far = [-1000, -200, -88, 0, -0f, 1e-20f, -1e-20f, 88, 200, 1000];
        float[] x = [.. Enumerable.Range(-6000, 12001).Select(i => i * 0.005f), .. kind == Act.Exp ? far.Where(v => v <= 88) : far];
        var y = Apply(kind, x, 0, x.Length);
        for (var i = 0; i < x.Length; i++)
        {
            var expected = Plain(kind, x[i]);
            Assert.True(Math.Abs(y[i] - expected) <= 1e-6 + 1e-6 * Math.Abs(expected), $"{kind}({x[i]}) = {y[i]}, not {expected}");
        }
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void PlaceInARangeChangesNoBit(Act kind)
    {
        float[] x = [.. Enumerable.Range(0, 80).Select(i => (i - 40) * 0.17f)];
        var whole = Apply(kind, x, 0, x.Length);
        for (var from = 0; from < 20; from++)
        {
            for (var count = 1; count < 40; count++)
                Assert.Equal(whole[from..(from + count)], Apply(kind, x, from, count)[from..(from + count)]);
        }
    }

    [Fact]
    public void BroadcastTakesOneNumberForEachGroup()
    {
        float[] a = [.. Enumerable.Range(0, 60).Select(i => (float)i)], b = [1, 10, 100, 1000];
        var y = new float[60];
        fixed (float* pa = a, pb = b, py = y)
        {
            Elements.MapBroadcast<Times>(pa, pb, py, 15, 0, 20);
            Elements.MapBroadcast<Times>(pa, pb, py, 15, 20, 40);
        }
        Assert.Equal([.. a.Select((v, i) => v * b[i / 15])], y);
    }

    private static float[] Apply(Act kind, float[] x, int from, int count)
    {
        var y = new float[x.Length];
        fixed (float* px = x, py = y)
            ActivationFunctions.Apply(kind, px + from, py + from, count);
        return y;
    }

    private static double Plain(Act kind, double x) => kind switch
    {
        Act.Silu => x / (1 + Math.Exp(-x)),
        Act.Gelu => x / 2 * (1 + Erf(x / Math.Sqrt(2))),
        Act.GeluTanh => x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))),
        Act.Relu => Math.Max(x, 0),
        Act.Relu2 => Math.Max(x, 0) * Math.Max(x, 0),
        Act.Sigmoid => 1 / (1 + Math.Exp(-x)),
        Act.Tanh => Math.Tanh(x),
        Act.Exp => Math.Exp(x),
        Act.Softplus => x > 20 ? x : Math.Log(1 + Math.Exp(x)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>2/√π·Σ (−1)ⁿx²ⁿ⁺¹ / (n!·(2n + 1)); 1 beyond 5, where the difference is below 2e-12.</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 5)
            return Math.Sign(x);
        var (sum, term) = (0.0, x);
        for (var n = 0; n < 200; n++)
        {
            sum += term / (2 * n + 1);
            term *= -x * x / (n + 1);
        }
        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
