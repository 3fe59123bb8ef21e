using Hone.Tokenization.Models.Bpe;

namespace Hone.Unit.Tokenization;

/// <summary>Merging: the scan for short words and the heap for long ones do what the definition says.</summary>
public class BpeTests
{
    [Fact]
    public void ScanAndHeapMergeAsDefined()
    {
        var random = new Random(2);
        for (var round = 0; round < 300; round++)
        {
            var merges = RandomMerges(random);
            var table = new MergeTable(merges);
            for (var i = 0; i < 10; i++)
            {
                int[] symbols = [.. Enumerable.Range(0, 1 + random.Next(120)).Select(_ => random.Next(4))];
                var expected = Defined(symbols, merges);
                var word = Word(symbols, table);
                word.Merge();
                Assert.Equal(expected, word.Ids.ToArray());
                Assert.Equal(symbols.Length, word.Lengths.ToArray().Sum());
                word = Word(symbols, table);
                word.MergeByHeap();
                Assert.Equal(expected, word.Ids.ToArray());
            }
        }
    }

    // Every pair has a new symbol of its own, so that what merged is told apart.
    private static List<(int, int, int, int)> RandomMerges(Random random)
    {
        var merges = new Dictionary<(int, int), (int, int, int, int)>();
        for (var id = 4; id < 24; id++)
        {
            var (left, right) = (random.Next(id), random.Next(id));
            merges.TryAdd((left, right), (left, right, random.Next(12), id));
        }
        return [.. merges.Values];
    }

    private static BpeWord Word(int[] symbols, MergeTable table)
    {
        var word = new BpeWord(table);
        foreach (var symbol in symbols)
            word.Add(symbol, 1);
        return word;
    }

    // The lowest rank first, the leftmost among equals.
    private static List<int> Defined(int[] symbols, List<(int Left, int Right, int Rank, int NewId)> merges)
    {
        var word = symbols.ToList();
        while (true)
        {
            var best = Enumerable.Range(0, Math.Max(0, word.Count - 1))
                .SelectMany(i => merges.Where(m => m.Left == word[i] && m.Right == word[i + 1]).Select(m => (m.Rank, At: i, m.NewId))).Order().ToList();
            if (best.Count == 0)
                return word;
            word[best[0].At] = best[0].NewId;
            word.RemoveAt(best[0].At + 1);
        }
    }

    [Fact]
    public void CacheGivesBackWhatWasStored()
    {
        var cache = new WordCache();
        var random = new Random(3);
        for (var i = 0; i < 200_000; i++)
        {
            var word = string.Concat(Enumerable.Range(0, 1 + random.Next(30)).Select(_ => (char)('a' + random.Next(3))));
            int[] ids = [word.Length, word.GetHashCode(StringComparison.Ordinal)];
            if (cache.TryGet(word, out var known, out var slot))
                Assert.Equal(ids, known.ToArray());
            else
                cache.Store(slot, word, ids);
        }
    }
}
