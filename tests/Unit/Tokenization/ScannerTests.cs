using Hone.Tokenization.PreTokenizers;
using Hone.Tokenization.Text;

namespace Hone.Unit.Tokenization;

/// <summary>Every hand-written scanner cuts as its expression does.</summary>
public class ScannerTests
{
    public static IEnumerable<TheoryDataRow<string>> Expressions => KnownExpressions.Scanners.Keys.Select(e => new TheoryDataRow<string>(e));

    [Theory]
    [MemberData(nameof(Expressions))]
    public void CutsLikeTheExpression(string expression)
    {
        var scanner = KnownExpressions.Scanners[expression];
        var plain = KnownExpressions.Plain(expression, "test");
        var random = new Random(1);
        for (var i = 0; i < 3000; i++)
        {
            var text = TinyTokenizers.RandomText(random, 1 + random.Next(12));
            Assert.Equal(Cut(plain, text), Cut(scanner, text));
        }
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public void TakesLinearTimeOnRuns(string expression)
    {
        var scanner = KnownExpressions.Scanners[expression];
        foreach (var unit in new[] { "a", "A", " ", "\n", "1", "!", "\u0301", "\u4E00", "\U0001F600" })
        {
            var text = string.Concat(Enumerable.Repeat(unit, 100_000)) + "x";
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Assert.Equal(text, string.Concat(Cut(scanner, text)));
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{text.Length} units took {watch.Elapsed}");
        }
    }

    private static string[] Cut(Splitter splitter, string text)
    {
        var ranges = new List<TextRange>();
        splitter.Split(text, 0, ranges);
        return [.. ranges.Select(r => text.Substring(r.Start, r.Length))];
    }
}
