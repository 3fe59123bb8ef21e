using Hone.Models.Config;
using Hone.Models.Graph;

namespace Hone.Models.Families.Blocks;

/// <summary>
/// Mamba-2: in_proj = z | x | B | C | dt; causal convolution and silu over x | B | C; y = scan + D·x; RMS norm of y·silu(z) in groups; out_proj.
/// </summary>
/// <param name="Heads">Heads of x and dt.</param>
/// <param name="HeadDim">Numbers in a head of x.</param>
/// <param name="Groups">Groups that share B and C, and groups of the norm.</param>
/// <param name="State">Numbers in B and C of one group.</param>
/// <param name="Kernel">Taps of the convolution.</param>
internal sealed record Mamba2Block(int Heads, int HeadDim, int Groups, int State, int Kernel, double NormEps)
{
    public bool ConvBias { get; init; } = true;

    /// <summary>Biases of in_proj and out_proj.</summary>
    public bool Bias { get; init; }

    /// <summary>Bounds of dt.</summary>
    public (double Min, double Max) TimeStepLimit { get; init; } = (0, double.PositiveInfinity);

    /// <summary>Factors on z, x, B, C and dt (falcon_h1).</summary>
    public double[] SectionScales { get; init; } = [1, 1, 1, 1, 1];

    public static (double Min, double Max) LimitsOf(ModelConfig c) => c.Numbers("time_step_limit") switch
    {
        null => (0, double.PositiveInfinity),
        [var min, var max] when min <= max => (min, max),
        _ => throw c.Error("time_step_limit", "must be a lower and an upper bound"),
    };

    public Value Build(Scope scope, Value x)
    {
        if (Heads % Groups != 0)
            throw new GraphException($"{scope.Name("")}: {Heads} Mamba heads in {Groups} groups.");
        var (inner, shared) = (Heads * HeadDim, Groups * State);
        var projected = scope.Linear(x, "in_proj", 2 * inner + 2 * shared + Heads, Bias);
        if (SectionScales.Any(s => s != 1))
        {
            projected = projected.Scale(
                (SectionScales[0], inner), (SectionScales[1], inner), (SectionScales[2], shared), (SectionScales[3], shared), (SectionScales[4], Heads));
        }
        var z = projected.Slice(0, inner);
        var convolved = scope.Conv1d(projected.Slice(inner, inner + 2 * shared), "conv1d", Kernel, ConvBias).Silu();
        var (input, b, c) = (convolved.Slice(0, inner), convolved.Slice(inner, shared), convolved.Slice(inner + shared, shared));

        var dt = (projected.Slice(2 * inner + 2 * shared, Heads) + scope.Param("dt_bias", [Heads])).Softplus();
        if (TimeStepLimit != (0, double.PositiveInfinity)) // softplus is never below 0
            dt = dt.Clamp(TimeStepLimit.Min, TimeStepLimit.Max);
        var y = scope.LinearAttention(c, b, input * dt, dt * scope.Param("A_log", [Heads], Form.NegExp), Groups, Heads)
            + input * scope.Param("D", [Heads]);
        return scope.Linear(scope.GroupRmsNorm(y * z.Silu(), "norm", NormEps, inner / Groups), "out_proj", x.Width, Bias);
    }
}
