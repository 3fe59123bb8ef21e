namespace Hone.Engine.Sampling;

/// <summary>The sampler as its definition reads: sort everything, filter, walk. Slow; the fast one is tested against it.</summary>
internal static class PlainSampler
{
    public static int Next(ReadOnlySpan<float> logits, in Draw draw)
    {
        var options = draw.Options;
        var adjusted = logits.ToArray();
        draw.Adjust(adjusted);
        if (adjusted.Any(float.IsNaN) || !float.IsFinite(adjusted.Max()))
            return -1;
        if (options.Temperature == 0)
            return Array.IndexOf(adjusted, adjusted.Max());
        var tokens = Tokens(adjusted, options.Temperature);
        if (options.TopK > 0)
            tokens = [.. tokens.OrderByDescending(t => t.Weight).ThenBy(t => t.Id).Take(options.TopK)];
        if (options.TypicalP < 1)
        {
            var expected = (float)((double)tokens.Sum(t => Weights.Scaled(t.Weight, t.LogWeight)) / Total(tokens));
            tokens = Leading(tokens.OrderBy(t => Math.Abs(t.LogWeight - expected)).ThenBy(t => t.Id), Weights.Share(options.TypicalP, Total(tokens)));
        }
        if (options.TopP < 1)
            tokens = Leading(tokens.OrderByDescending(t => t.Weight).ThenBy(t => t.Id), Weights.Share(options.TopP, Total(tokens)));
        if (options.MinP > 0)
            tokens = tokens.FindAll(t => t.Weight >= options.MinP * tokens.Max(m => m.Weight));
        return Leading(tokens.OrderBy(t => t.Id), draw.Uniform(Total(tokens)) + 1)[^1].Id;
    }

    /// <summary>All tokens whose weight counts.</summary>
    private static List<Token> Tokens(float[] logits, double temperature)
    {
        var logWeights = new float[logits.Length];
        var weights = new float[logits.Length];
        Weights.Logarithms(logits, logits.Max(), Weights.ScaleFor(temperature), logWeights);
        Weights.Exponentials(logWeights, weights);
        return [.. Enumerable.Range(0, logits.Length).Select(i => new Token(i, weights[i], logWeights[i])).Where(t => Weights.UnitsOf(t.Weight) > 0)];
    }

    private static long Total(List<Token> tokens) => tokens.Sum(t => Weights.UnitsOf(t.Weight));

    /// <summary>The first tokens, as few as reach the sum.</summary>
    private static List<Token> Leading(IEnumerable<Token> tokens, long units)
    {
        var kept = new List<Token>();
        foreach (var token in tokens)
        {
            kept.Add(token);
            units -= Weights.UnitsOf(token.Weight);
            if (units <= 0)
                break;
        }
        return kept;
    }

    private readonly record struct Token(int Id, float Weight, float LogWeight);
}
