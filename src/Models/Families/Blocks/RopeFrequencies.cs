using Hone.Models.Config;

namespace Hone.Models.Families.Blocks;

/// <summary>
/// The frequencies that rope_parameters describe, radians per position, in f64: the scalings are computed when the graph is built and are
/// numbers afterwards. Source: transformers' modeling_rope_utils and the papers it names (YaRN, LongRoPE, dynamic NTK).
/// </summary>
/// <param name="InvFreq">[rotated dimensions / 2].</param>
/// <param name="Factor">Attention factor on cos and sin.</param>
internal sealed record RopeFrequencies(
    double[] InvFreq, double Factor = 1, double[]? LongInvFreq = null, int LongAfter = int.MaxValue, Func<int, double[]>? ByLength = null)
{
    /// <param name="p">rope_parameters.</param>
    /// <param name="dim">Dimensions that may rotate; partial_rotary_factor of them do.</param>
    /// <param name="maxPositions">max_position_embeddings.</param>
    public static RopeFrequencies From(ConfigObject p, int dim, int maxPositions)
    {
        var type = p.Text("rope_type", "default");
        var theta = Positive(p, "rope_theta", 10000);
        var partial = p.Number("partial_rotary_factor", 1);
        var rotated = (int)(dim * partial);
        if (partial is <= 0 or > 1 || rotated < 2 || rotated % 2 != 0)
            throw p.Error("partial_rotary_factor", $"rotates {dim} · {partial} dimensions; an even number from 2 to {dim} can be");
        return type switch
        {
            "default" or "mrope" => new(Powers(theta, rotated)),
            "linear" => new(Scaled(Powers(theta, rotated), 1 / Positive(p, "factor"))),
            "dynamic" => Dynamic(p, theta, rotated, maxPositions),
            "llama3" => new(Llama3(p, Powers(theta, rotated))),
            "yarn" => Yarn(p, theta, rotated, maxPositions),
            "longrope" or "su" => LongRope(p, theta, rotated, maxPositions),
            "proportional" => new([.. Powers(theta, dim)[..(rotated / 2)], .. new double[(dim - rotated) / 2]]),
            "divisors" => new(Divided(p, Powers(theta, rotated), "divisors")),
            _ => throw p.Error("rope_type", $"is '{type}', which is not known"),
        };
    }

    /// <summary>YaRN's 0.1·a·ln f + 1.</summary>
    public static double Mscale(double factor, double a) => factor <= 1 ? 1 : 0.1 * a * Math.Log(factor) + 1;

    /// <summary>θ^(−2i / dim).</summary>
    private static double[] Powers(double theta, int dim) => [.. Enumerable.Range(0, dim / 2).Select(i => Math.Pow(theta, -2.0 * i / dim))];

    private static double[] Scaled(double[] frequencies, double factor) => Array.ConvertAll(frequencies, f => f * factor);

    private static double[] Divided(ConfigObject p, double[] frequencies, string name)
    {
        var divisors = p.Numbers(name) ?? throw p.Error(name, "is missing");
        if (divisors.Length != frequencies.Length || divisors.Any(d => !(d > 0 && double.IsFinite(d))))
            throw p.Error(name, $"must hold {frequencies.Length} positive numbers");
        return [.. frequencies.Zip(divisors, (f, d) => f / d)];
    }

    /// <summary>Dynamic NTK: the base grows with the length of the sequence, for all its positions.</summary>
    private static RopeFrequencies Dynamic(ConfigObject p, double theta, int dim, int maxPositions)
    {
        var factor = Positive(p, "factor");
        if (dim <= 2)
            throw p.Error("rope_type", "is dynamic, which needs more than 2 rotated dimensions");
        double[] At(int length) =>
            Powers(theta * Math.Pow(factor * Math.Max(length, maxPositions) / maxPositions - (factor - 1), dim / (dim - 2.0)), dim);
        return new(At(maxPositions), ByLength: At);
    }

    /// <summary>Llama 3: long waves divided by factor, short ones kept, linear in between.</summary>
    private static double[] Llama3(ConfigObject p, double[] frequencies)
    {
        var factor = Positive(p, "factor");
        var low = Positive(p, "low_freq_factor");
        var high = Positive(p, "high_freq_factor");
        if (high <= low)
            throw p.Error("high_freq_factor", "must be above low_freq_factor");
        var original = p.Width("original_max_position_embeddings");
        return Array.ConvertAll(frequencies, f =>
        {
            var waves = original * f / (2 * Math.PI); // turns within the original context
            var kept = Math.Clamp((waves - low) / (high - low), 0, 1);
            return (1 - kept) * f / factor + kept * f;
        });
    }

    private static RopeFrequencies Yarn(ConfigObject p, double theta, int dim, int maxPositions)
    {
        var original = p.Width("original_max_position_embeddings", maxPositions);
        var factor = Positive(p, "factor");
        double DimensionOf(double turns) => dim * Math.Log(original / (turns * 2 * Math.PI)) / (2 * Math.Log(theta));
        var low = DimensionOf(Positive(p, "beta_fast", 32));
        var high = DimensionOf(Positive(p, "beta_slow", 1));
        if (p.Flag("truncate", true))
            (low, high) = (Math.Floor(low), Math.Ceiling(high));
        (low, high) = (Math.Max(low, 0), Math.Min(high, dim - 1));
        if (low == high)
            high += 0.001;
        var frequencies = Powers(theta, dim);
        for (var i = 0; i < frequencies.Length; i++)
        {
            var interpolated = Math.Clamp((i - low) / (high - low), 0, 1);
            frequencies[i] *= 1 - interpolated + interpolated / factor;
        }
        var attention = p.Has("attention_factor") ? p.Number("attention_factor")
            : p.Number("mscale", 0) != 0 && p.Number("mscale_all_dim", 0) != 0
                ? Mscale(factor, p.Number("mscale")) / Mscale(factor, p.Number("mscale_all_dim"))
                : Mscale(factor, 1);
        return new(frequencies, attention);
    }

    /// <summary>LongRoPE: one list of divisors up to the original length, another for all positions of longer sequences.</summary>
    private static RopeFrequencies LongRope(ConfigObject p, double theta, int dim, int maxPositions)
    {
        var original = p.Width("original_max_position_embeddings", maxPositions);
        var stretch = p.Number("factor", maxPositions / (double)original);
        var attention = p.Has("attention_factor") ? p.Number("attention_factor")
            : stretch <= 1 ? 1 : Math.Sqrt(1 + Math.Log(stretch) / Math.Log(original));
        var frequencies = Powers(theta, dim);
        return new(Divided(p, frequencies, "short_factor"), attention, Divided(p, frequencies, "long_factor"), original);
    }

    private static double Positive(ConfigObject p, string name, double? fallback = null) =>
        p.Number(name, fallback) is > 0 and var value ? value : throw p.Error(name, "must be positive");
}
