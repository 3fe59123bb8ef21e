using System.Runtime.Intrinsics;
using Hone.Models.Graph;

namespace Hone.Cpu.Kernels;

/// <summary>The element functions of <see cref="Act"/>.</summary>
internal static unsafe class ActivationFunctions
{
    public static void Apply(Act kind, float* x, float* y, int count)
    {
        switch (kind)
        {
            case Act.Silu: Elements.Map<Silu>(x, y, count); break;
            case Act.Gelu: Elements.Map<Gelu>(x, y, count); break;
            case Act.GeluTanh: Elements.Map<GeluTanh>(x, y, count); break;
            case Act.Relu: Elements.Map<Relu>(x, y, count); break;
            case Act.Relu2: Elements.Map<Relu2>(x, y, count); break;
            case Act.Sigmoid: Elements.Map<Sigmoid>(x, y, count); break;
            case Act.Tanh: Elements.Map<Tanh>(x, y, count); break;
            case Act.Exp: Elements.Map<Exp>(x, y, count); break;
            case Act.Softplus: Softplus(x, y, count); break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown activation");
        }
    }

    /// <summary>A few numbers a token (decays), so scalar and in f64: ln(1 + eˣ), x itself above 20.</summary>
    private static void Softplus(float* x, float* y, int count)
    {
        for (var i = 0; i < count; i++)
            y[i] = x[i] > 20 ? x[i] : (float)Math.Log(1 + Math.Exp(x[i]));
    }

    private struct Silu : IUnary
    {
        public static Vector256<float> Apply(Vector256<float> x) => ElementFunctions.Silu(x);
    }

    private struct Sigmoid : IUnary
    {
        public static Vector256<float> Apply(Vector256<float> x) => ElementFunctions.Sigmoid(x);
    }

    private struct Tanh : IUnary
    {
        public static Vector256<float> Apply(Vector256<float> x) => ElementFunctions.Tanh(x);
    }

    private struct Exp : IUnary
    {
        public static Vector256<float> Apply(Vector256<float> x) => VectorMath.Exp(x);
    }

    private struct Relu : IUnary
    {
        public static Vector256<float> Apply(Vector256<float> x) => Vector256.Max(x, Vector256<float>.Zero);
    }

    private struct Relu2 : IUnary
    {
        public static Vector256<float> Apply(Vector256<float> x)
        {
            var positive = Vector256.Max(x, Vector256<float>.Zero);
            return positive * positive;
        }
    }

    /// <summary>x/2·(1 + erf(x / √2)).</summary>
    private struct Gelu : IUnary
    {
        public static Vector256<float> Apply(Vector256<float> x) =>
            x * Vector256.Create(0.5f) * (Vector256.Create(1f) + ElementFunctions.Erf(x * Vector256.Create(0.70710678f)));
    }

    /// <summary>x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))) = x·sigmoid of twice the argument.</summary>
    private struct GeluTanh : IUnary
    {
        public static Vector256<float> Apply(Vector256<float> x)
        {
            var cubic = Vector256.FusedMultiplyAdd(x * x * Vector256.Create(0.044715f), x, x);
            return x / (Vector256.Create(1f) + VectorMath.Exp(cubic * Vector256.Create(-2 * 0.7978845608f)));
        }
    }
}
