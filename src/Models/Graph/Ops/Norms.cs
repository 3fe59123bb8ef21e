namespace Hone.Models.Graph;

/// <summary>Rms: x / sqrt(mean x² + eps). Layer: (x − mean) / sqrt(biased variance + eps). L2: x / sqrt(Σx² + eps), or with a floor x / max(sqrt(Σx²), eps).</summary>
public enum NormKind { Rms, Layer, L2 }

/// <summary>
/// Each group of <paramref name="Group"/> channels on its own, then · Gain + Bias. A gain of length Group is shared by all groups, one of the row's width is not.
/// </summary>
public sealed record Norm(NormKind Kind, double Eps, int Group, bool Floor, Weight? Gain, Weight? Bias) : Op
{
    public override IEnumerable<Weight> Weights => Some(Gain, Bias);
}
