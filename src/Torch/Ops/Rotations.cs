using Hone.Models.Graph;
using static TorchSharp.torch;

namespace Hone.Torch.Ops;

/// <summary>Rotary embedding.</summary>
internal static class Rotations
{
    /// <summary>cos and sin [R, Dim / 2] of every row's angles, times the spec's factor. Angles are f64 whatever the model's type is.</summary>
    public static (Tensor Cos, Tensor Sin) Angles(RopeSpec spec, RowRange[] segments, ScalarType type)
    {
        var angles = new List<double>();
        foreach (var segment in segments)
        {
            var frequencies = spec.FrequenciesFor(segment.RopeLength);
            for (var row = 0; row < segment.Count; row++)
                angles.AddRange(frequencies.Select(f => (segment.Past + row) * f));
        }
        var table = tensor(angles.ToArray()).reshape(-1, spec.Dim / 2);
        return (table.cos().Times(spec.Factor).to_type(type), table.sin().Times(spec.Factor).to_type(type));
    }

    /// <summary>Rotates dimensions [Start, Start + Dim) of every head of x [R, heads·HeadDim].</summary>
    public static Tensor Apply(Tensor x, RopeSpec spec, Tensor cos, Tensor sin)
    {
        var heads = x.unflatten(1, [-1, spec.HeadDim]);
        var rotated = heads.narrow(2, spec.Start, spec.Dim);
        // The two members of a pair along one axis: [R, heads, Dim / 2].
        var pairs = spec.Interleaved ? rotated.unflatten(2, [-1, 2]) : rotated.unflatten(2, [2, -1]).transpose(2, 3);
        var (u, w) = (pairs.select(3, 0), pairs.select(3, 1));
        var (c, s) = (cos.unsqueeze(1), sin.unsqueeze(1));
        var turned = stack([u * c - w * s, (w * c).Plus(u * s)], 3);
        rotated = (spec.Interleaved ? turned : turned.transpose(2, 3)).flatten(2);
        var after = spec.Start + spec.Dim;
        return cat([heads.narrow(2, 0, spec.Start), rotated, heads.narrow(2, after, spec.HeadDim - after)], 2).flatten(1);
    }
}
