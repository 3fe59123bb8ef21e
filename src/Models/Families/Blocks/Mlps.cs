using Hone.Models.Graph;

namespace Hone.Models.Families.Blocks;

/// <summary>down(act(gate x) · up x).</summary>
internal sealed record GatedMlp(int Hidden, Act Act = Act.Silu)
{
    public string Gate { get; init; } = "gate_proj";

    public string Up { get; init; } = "up_proj";

    public string Down { get; init; } = "down_proj";

    public bool Bias { get; init; }

    /// <summary>Factor on the gate before its activation (falcon_h1).</summary>
    public double GateScale { get; init; } = 1;

    public Value Build(Scope scope, Value x)
    {
        var gate = (scope.Linear(x, Gate, Hidden, Bias) * GateScale).Apply(Act);
        return scope.Linear(gate * scope.Linear(x, Up, Hidden, Bias), Down, x.Width, Bias);
    }
}

/// <summary>The same with one matrix whose rows are gate, then up.</summary>
internal sealed record FusedGatedMlp(int Hidden, Act Act, string In, string Out)
{
    public Value Build(Scope scope, Value x)
    {
        var both = scope.Linear(x, In, 2 * Hidden);
        return scope.Linear(both.Slice(0, Hidden).Apply(Act) * both.Slice(Hidden, Hidden), Out, x.Width);
    }
}

/// <summary>out(act(in x)).</summary>
internal sealed record Mlp(int Hidden, Act Act, string In, string Out)
{
    public bool Bias { get; init; } = true;

    /// <summary>Matrices stored [in, out] (gpt2).</summary>
    public bool Transposed { get; init; }

    public Value Build(Scope scope, Value x, int? outWidth = null) =>
        scope.Linear(scope.Linear(x, In, Hidden, Bias, Transposed).Apply(Act), Out, outWidth ?? x.Width, Bias, Transposed);
}
