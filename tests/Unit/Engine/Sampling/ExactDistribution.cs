using Hone.Engine.Sampling;

namespace Hone.Unit.Engine.Sampling;

/// <summary>Probabilities in double, filter by filter, from the definitions in the papers; independent of the samplers' integer weights.</summary>
internal static class ExactDistribution
{
    public static double[] Of(float[] logits, SamplingOptions options)
    {
        var p = Normalised([.. logits.Select(l => Math.Exp(l / options.Temperature))]);
        if (options.TopK > 0)
            p = Kept(p, Descending(p).Take(options.TopK));
        if (options.TypicalP < 1)
        {
            var entropy = -p.Where(x => x > 0).Sum(x => x * Math.Log(x));
            var order = Descending(p).Where(i => p[i] > 0).OrderBy(i => Math.Abs(-Math.Log(p[i]) - entropy));
            p = Kept(p, Reaching(p, order, options.TypicalP));
        }
        if (options.TopP < 1)
            p = Kept(p, Reaching(p, Descending(p), options.TopP));
        return Kept(p, Descending(p).Where(i => p[i] >= options.MinP * p.Max()));
    }

    private static IEnumerable<int> Descending(double[] p) => Enumerable.Range(0, p.Length).OrderByDescending(i => p[i]);

    private static IEnumerable<int> Reaching(double[] p, IEnumerable<int> order, double share)
    {
        var sum = 0.0;
        foreach (var i in order)
        {
            yield return i;
            if ((sum += p[i]) >= share)
                yield break;
        }
    }

    private static double[] Kept(double[] p, IEnumerable<int> kept)
    {
        var set = kept.ToHashSet();
        return Normalised([.. p.Select((x, i) => set.Contains(i) ? x : 0)]);
    }

    private static double[] Normalised(double[] p) => [.. p.Select(x => x / p.Sum())];
}
