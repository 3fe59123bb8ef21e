using Hone.Models.Config;
using Hone.Models.Graph;

namespace Hone.Models.Families.Blocks;

/// <summary>The rotations of a model, from its rope_parameters.</summary>
internal static class Ropes
{
    /// <summary>Rotation of the leading dimensions of heads of <paramref name="headDim"/> (default: the model's).</summary>
    /// <param name="layerType">Models with one rotation for each kind of layer: which kind.</param>
    public static RopeSpec From(ModelConfig c, int? headDim = null, string? layerType = null)
    {
        var frequencies = RopeFrequencies.From(Parameters(c, layerType), headDim ?? c.HeadDim, c.ContextLength);
        return Spec(frequencies, headDim ?? c.HeadDim, 0, interleaved: false);
    }

    /// <summary>Rotation of the dimensions [start, start + dim) of heads of <paramref name="headDim"/>.</summary>
    public static RopeSpec Within(ModelConfig c, int headDim, int start, int dim, bool interleaved) =>
        Spec(RopeFrequencies.From(Parameters(c, null), dim, c.ContextLength), headDim, start, interleaved);

    public static ConfigObject Parameters(ModelConfig c, string? layerType)
    {
        var parameters = c.Section("rope_parameters") ?? throw c.Error("rope_parameters", "is missing");
        return layerType is null ? parameters : parameters.Section(layerType) ?? throw parameters.Error(layerType, "is missing");
    }

    private static RopeSpec Spec(RopeFrequencies f, int headDim, int start, bool interleaved) =>
        new(headDim, start, 2 * f.InvFreq.Length, f.InvFreq, f.Factor, interleaved, f.LongInvFreq, f.LongAfter, f.ByLength);
}
