using Hone.Engine.Sampling;

namespace Hone.Unit.Engine.Sampling;

public sealed class SamplerTests
{
    /// <summary>Vocabularies around the vector width and beyond a stride of the walk; peaked, flat, tied and masked rows.</summary>
    [Fact]
    public void Draws_what_the_plain_sampler_draws()
    {
        var random = new Random(1);
        for (var round = 0; round < 1200; round++)
        {
            var vocabulary = round % 50 == 0 ? random.Next(2000, 6000) : random.Next(1, 300);
            var logits = Row(random, vocabulary);
            var draw = RandomDraw(random, vocabulary, round);
            var (plain, fast) = (PlainSampler.Next(logits, draw), new Sampler(vocabulary).Next(logits, draw));
            Assert.True(plain == fast, $"Round {round}: {plain} by sorting, {fast} by selection; {vocabulary} tokens, {draw.Options}.");
        }
    }

    [Fact]
    public void Greedy_takes_the_lowest_of_equal_tokens()
    {
        var row = new float[100];
        row[41] = row[77] = row[99] = 3;
        Assert.Equal(41, Next(row, new SamplingOptions { Temperature = 0 }));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_row_that_is_not_finite_yields_nothing(float value)
    {
        for (var at = 0; at < 21; at++)
        {
            var row = new float[21];
            row[at] = value;
            Assert.Equal(-1, Next(row, new SamplingOptions()));
        }
        Assert.Equal(-1, Next([float.NegativeInfinity, float.NegativeInfinity], new SamplingOptions()));
    }

    [Fact]
    public void Bias_penalties_and_bans_change_the_logits_in_this_order()
    {
        var options = new SamplingOptions { Temperature = 0, RepetitionPenalty = 2, FrequencyPenalty = 0.5, PresencePenalty = 0.25 };
        var counts = TokenOccurrences.For(options, [0])!;
        counts.Add(1);
        counts.Add(1);
        var logits = new float[] { 4, 6, -1, 9, 1 };
        new Draw { Options = options, Bias = [new(1, 2), new(2, -3)], Occurrences = counts, Banned = [3], Choice = 0, Position = 0 }.Adjust(logits);
        Assert.Equal([2, ((6 + 2) / 2f) - (2 * 0.5f) - 0.25f, -4, float.NegativeInfinity, 1], logits);
    }

    /// <summary>Pearson's χ² of 100,000 draws against the softmax; 60 degrees of freedom exceed 112 with probability 10⁻⁴.</summary>
    [Theory]
    [InlineData(1.0, 1.0, 0, 0.0, 1.0)]
    [InlineData(0.6, 1.0, 0, 0.0, 1.0)]
    [InlineData(1.0, 0.9, 0, 0.0, 1.0)]
    [InlineData(1.3, 1.0, 12, 0.0, 1.0)]
    [InlineData(1.0, 1.0, 0, 0.05, 1.0)]
    [InlineData(1.0, 1.0, 0, 0.0, 0.7)]
    [InlineData(0.9, 0.95, 30, 0.02, 0.9)]
    public void Draws_follow_the_exact_distribution(double temperature, double topP, int topK, double minP, double typicalP)
    {
        const int draws = 100_000;
        var random = new Random(3);
        var logits = Enumerable.Range(0, 61).Select(_ => (float)(random.NextDouble() * 5)).ToArray();
        var options = new SamplingOptions { Temperature = temperature, TopP = topP, TopK = topK, MinP = minP, TypicalP = typicalP, Seed = 11 };
        var expected = ExactDistribution.Of(logits, options);
        var sampler = new Sampler(logits.Length);
        var counts = new int[logits.Length];
        for (var position = 0; position < draws; position++)
            counts[sampler.Next(logits, new Draw { Options = options, Choice = 0, Position = position })]++;
        var chiSquare = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            if (expected[i] == 0)
                Assert.Equal(0, counts[i]);
            else
                chiSquare += Math.Pow(counts[i] - (draws * expected[i]), 2) / (draws * expected[i]);
        }
        Assert.True(chiSquare < 112, $"χ² = {chiSquare}.");
    }

    private static int Next(float[] row, SamplingOptions options) => new Sampler(row.Length).Next(row, new Draw { Options = options, Choice = 0, Position = 0 });

    private static float[] Row(Random random, int vocabulary)
    {
        var spread = random.Next(4) switch { 0 => 0.01, 1 => 3, 2 => 12, _ => 60 };
        var row = Enumerable.Range(0, vocabulary).Select(_ => (float)(random.NextDouble() * spread)).ToArray();
        if (random.Next(3) == 0)
            row = [.. row.Select(x => MathF.Round(x))];
        if (random.Next(4) == 0)
            row[random.Next(vocabulary)] = float.NegativeInfinity;
        return row;
    }

    private static Draw RandomDraw(Random random, int vocabulary, int position)
    {
        var options = new SamplingOptions
        {
            Temperature = random.Next(8) == 0 ? 0 : random.NextDouble() * 2,
            TopP = random.Next(2) == 0 ? 1 : random.NextDouble(),
            TopK = random.Next(2) == 0 ? 0 : random.Next(1, vocabulary + 5),
            MinP = random.Next(3) == 0 ? random.NextDouble() : 0,
            TypicalP = random.Next(3) == 0 ? random.NextDouble() : 1,
            FrequencyPenalty = random.Next(4) == 0 ? random.NextDouble() : 0,
            RepetitionPenalty = random.Next(4) == 0 ? 1.3 : 1,
            Seed = (ulong)random.NextInt64(),
        };
        var counts = TokenOccurrences.For(options, [random.Next(vocabulary)]);
        for (var i = 0; i < 5; i++)
            counts?.Add(random.Next(vocabulary));
        KeyValuePair<int, float>[] bias = random.Next(3) == 0 ? [new(random.Next(vocabulary), 5)] : [];
        int[] banned = random.Next(3) == 0 ? [random.Next(vocabulary)] : [];
        return new Draw { Options = options, Bias = bias, Occurrences = counts, Banned = banned, Choice = 0, Position = position };
    }
}
