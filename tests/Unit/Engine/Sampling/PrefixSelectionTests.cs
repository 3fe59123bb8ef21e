using Hone.Engine.Sampling;

namespace Hone.Unit.Engine.Sampling;

public sealed class PrefixSelectionTests
{
    [Fact]
    public void Selects_what_a_full_sort_puts_first()
    {
        var random = new Random(1);
        for (var round = 0; round < 5000; round++)
        {
            var weights = Enumerable.Range(0, random.Next(1, 60)).Select(_ => (float)Math.Round(random.NextDouble(), random.Next(1, 4))).ToArray();
            var keys = Enumerable.Range(0, weights.Length).Select(i => PrefixSelection.Descending(weights[i], i)).OrderBy(_ => random.Next()).ToArray();
            var sorted = Enumerable.Range(0, weights.Length).OrderByDescending(i => weights[i]).ThenBy(i => i).ToArray();

            var count = random.Next(1, keys.Length + 1);
            PrefixSelection.ByCount(keys, count);
            Assert.Equal(sorted.Take(count).Order(), keys.Take(count).Select(PrefixSelection.IdOf).Order());

            var units = 1 + (long)(random.NextDouble() * sorted.Sum(i => Weights.UnitsOf(weights[i])));
            var fewest = 1;
            while (fewest < sorted.Length && sorted.Take(fewest).Sum(i => Weights.UnitsOf(weights[i])) < units)
                fewest++;
            Assert.Equal(fewest, PrefixSelection.ByMass(keys, weights, units));
            Assert.Equal(sorted.Take(fewest).Order(), keys.Take(fewest).Select(PrefixSelection.IdOf).Order());
            Assert.Equal(sorted[fewest - 1], PrefixSelection.IdOf(keys[fewest - 1]));
        }
    }
}
