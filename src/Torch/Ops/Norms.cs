using Hone.Models.Graph;
using static TorchSharp.torch;

namespace Hone.Torch.Ops;

/// <summary>RMS, layer and L2 norms in groups of a row.</summary>
internal static class Norms
{
    /// <param name="x">[R, w].</param>
    /// <param name="op">Kind, eps, group size, floor.</param>
    /// <param name="gain">[group], shared by all groups, or [w]; null = 1.</param>
    /// <param name="bias">As <paramref name="gain"/>; null = 0.</param>
    public static Tensor Apply(Tensor x, Norm op, Tensor? gain, Tensor? bias)
    {
        var groups = x.unflatten(1, [-1, op.Group]);
        var normed = op.Kind switch
        {
            NormKind.Rms => groups / groups.Squared().mean([2], keepdim: true).Plus(op.Eps).sqrt(),
            NormKind.Layer => Layer(groups, op.Eps),
            NormKind.L2 when op.Floor => groups / groups.Squared().sum(2, keepdim: true).sqrt().AtLeast(op.Eps),
            NormKind.L2 => groups / groups.Squared().sum(2, keepdim: true).Plus(op.Eps).sqrt(),
            _ => throw new NotSupportedException($"Norm {op.Kind}."),
        };
        if (gain is not null)
            normed = normed * ByGroup(gain, op.Group);
        if (bias is not null)
            normed = normed.Plus(ByGroup(bias, op.Group));
        return normed.flatten(1);
    }

    private static Tensor Layer(Tensor groups, double eps)
    {
        var centred = groups - groups.mean([2], keepdim: true);
        return centred / centred.Squared().mean([2], keepdim: true).Plus(eps).sqrt();
    }

    private static Tensor ByGroup(Tensor vector, int group) => vector.reshape(-1, group);
}
