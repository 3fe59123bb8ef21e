using Hone.Engine.Cache;
using Hone.TestKit;

namespace Hone.Unit.Engine.Cache;

public sealed class StateCacheTests
{
    private static readonly PrefixKey Key = new("", 0, 0);

    /// <summary>
    /// Random opening, growing, checkpointing and closing of sequences over an alphabet of two tokens, in small pools: every
    /// block and slot is always accounted for once, a match is never longer than the text has in common with what was computed,
    /// and after closing everything the pools are whole again.
    /// </summary>
    [Theory]
    [InlineData(12, 0)]
    [InlineData(12, 6)]
    [InlineData(3, 2)]
    public void Keeps_its_books(int blocks, int slots)
    {
        using var runner = new StubModelRunner(new StubModel { BlockCount = blocks, BlockSize = 4, SlotCount = slots });
        var cache = new StateCache(runner, blocks * 4);
        var random = new Random(blocks + slots);
        var open = new List<(SequenceState State, List<int> Text)>();
        for (var round = 0; round < 6_000; round++)
        {
            if (random.Next(3) == 0)
                Open();
            else if (open.Count > 0)
                Change(random.Next(open.Count));
            Check(cache, open.Select(o => o.State).ToList());
        }
        while (open.Count > 0)
            Close(0);
        cache.Blocks.Clear();
        Assert.Equal((blocks, 0, slots, 0), (cache.Blocks.Available, cache.Blocks.CachedCount, cache.Slots.Available, cache.Slots.CheckpointCount));

        void Open()
        {
            var text = Enumerable.Range(0, random.Next(1, blocks * 4)).Select(_ => random.Next(8) == 0 ? 1 : 0).ToList();
            if (cache.TryOpen(Key, text.ToArray(), text.Count - 1, cache.Blocks.Available, out _) is not { } state)
                return;
            Assert.True(state.Length < text.Count);
            Assert.Equal(text.Take(state.Length), Computed(state));
            open.Add((state, text));
        }

        void Change(int index)
        {
            var (state, text) = open[index];
            var length = Math.Min(text.Count, state.Length + random.Next(1, 6));
            if (length == state.Length || !cache.TryReserve(state, length))
            {
                Close(index);
                return;
            }
            cache.Commit(state, text.ToArray().AsSpan(state.Length, length - state.Length));
            Assert.Equal(text.Take(length), Computed(state));
            if (slots > 0 && random.Next(4) == 0)
                cache.Checkpoint(state);
        }

        void Close(int index)
        {
            cache.Close(open[index].State, keep: random.Next(8) != 0);
            open.RemoveAt(index);
        }
    }

    private static IEnumerable<int> Computed(SequenceState state) => state.Chain.SelectMany(b => b.Computed.ToArray());

    private static void Check(StateCache cache, List<SequenceState> open)
    {
        var held = open.SelectMany(s => s.Chain).GroupBy(b => b).ToDictionary(g => g.Key, g => g.Count());
        Assert.All(held, h => Assert.Equal(h.Value, h.Key.References));
        Assert.Equal(cache.Blocks.Count, cache.Blocks.Available + held.Count);
        Assert.Equal(cache.Slots.Count, cache.Slots.Available + (cache.KeepsSlots ? open.Count : 0));
        foreach (var state in open)
        {
            // Full blocks are shared, the last one is written by its sequence alone.
            Assert.All(state.Chain, b => Assert.True(b.IsFull || b.References == 1));
            Assert.Equal(state.Chain.Select(b => b.Number), state.Numbers.ToArray());
            for (var i = 0; i < state.Chain.Count && state.Chain[i].Count > 0; i++)
                Assert.Same(i == 0 ? state.Root : state.Chain[i - 1], state.Chain[i].Parent);
        }
    }
}
