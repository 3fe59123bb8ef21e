using Hone.Engine;
using Hone.Engine.Sampling;

namespace Hone.Unit.Engine.Sampling;

public sealed class LogProbabilitiesTests
{
    [Fact]
    public void Equal_the_log_softmax_at_every_length()
    {
        var random = new Random(2);
        for (var length = 1; length <= 257; length++)
        {
            var row = Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() * 80) - 40)).ToArray();
            var max = (double)row.Max();
            Assert.Equal(max + Math.Log(row.Sum(l => Math.Exp(l - max))), LogProbabilities.LogSum(row), 1e-12);
        }
    }

    [Fact]
    public void The_top_are_descending_and_equal_ones_by_id()
    {
        var random = new Random(2);
        for (var round = 0; round < 500; round++)
        {
            var row = Enumerable.Range(0, random.Next(1, 200)).Select(_ => (float)random.Next(-20, 20)).ToArray();
            var logSum = LogProbabilities.LogSum(row);
            var count = random.Next(21);
            var expected = Enumerable.Range(0, row.Length).OrderByDescending(i => row[i]).ThenBy(i => i).Take(count)
                .Select(i => new TokenLogProb(i, (float)(row[i] - logSum)));
            Assert.Equal(expected, LogProbabilities.Top(row, logSum, count));
        }
    }

    [Fact]
    public void A_row_with_NaN_has_none() => Assert.True(double.IsNaN(LogProbabilities.LogSum([1, float.NaN, 2])));
}
