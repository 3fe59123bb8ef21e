namespace Hone.Tokenization.Models.Bpe;

/// <summary>
/// The symbols of one word while they merge: lowest rank first, leftmost among equals. Short words scan for the best pair, long ones
/// keep a heap, so that no word costs more than n·log n. Holds its memory from word to word; for one thread.
/// </summary>
internal sealed class BpeWord(MergeTable merges)
{
    private const int ScanLimit = 48;

    private int[] _ids = new int[64];
    private int[] _lengths = new int[64];
    private int[] _ranks = new int[64];
    private int[] _newIds = new int[64];
    private int[] _previous = [];
    private int[] _next = [];
    private readonly MergeHeap _heap = new();

    public int Count { get; private set; }

    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>For each symbol the bytes of the piece that it covers.</summary>
    public ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(int id, int length)
    {
        if (Count == _ids.Length)
        {
            Array.Resize(ref _ids, Count * 2);
            Array.Resize(ref _lengths, Count * 2);
        }
        _ids[Count] = id;
        _lengths[Count++] = length;
    }

    public void Merge()
    {
        if (Count < 2)
            return;
        if (Count <= ScanLimit)
            Scan();
        else
            MergeByHeap();
    }

    private void Scan()
    {
        var (ids, lengths, ranks, newIds) = (_ids, _lengths, _ranks, _newIds);
        for (var i = 0; i + 1 < Count; i++)
            ranks[i] = merges.RankOf(ids[i], ids[i + 1], out newIds[i]);
        while (true)
        {
            var best = MergeTable.None;
            var at = -1;
            for (var i = 0; i + 1 < Count; i++)
            {
                if (ranks[i] < best)
                    (best, at) = (ranks[i], i);
            }
            if (at < 0)
                return;
            ids[at] = newIds[at];
            lengths[at] += lengths[at + 1];
            Count--;
            for (var i = at + 1; i < Count; i++)
            {
                ids[i] = ids[i + 1];
                lengths[i] = lengths[i + 1];
                ranks[i] = ranks[i + 1];
                newIds[i] = newIds[i + 1];
            }
            if (at > 0)
                ranks[at - 1] = merges.RankOf(ids[at - 1], ids[at], out newIds[at - 1]);
            if (at + 1 < Count)
                ranks[at] = merges.RankOf(ids[at], ids[at + 1], out newIds[at]);
        }
    }

    /// <summary>The same merges by way of the heap, whatever the length.</summary>
    internal void MergeByHeap()
    {
        Link();
        for (var i = 0; i + 1 < Count; i++)
            Offer(i, i + 1);
        while (_heap.TryPop(out var at, out var newId))
        {
            var right = _next[at];
            // The pair may be gone since: merged into its left neighbour, or changed on its right.
            if (_lengths[at] < 0 || right < 0 || merges.RankOf(_ids[at], _ids[right], out var now) == MergeTable.None || now != newId)
                continue;
            _ids[at] = newId;
            _lengths[at] += _lengths[right];
            _lengths[right] = -1;
            var after = _next[right];
            _next[at] = after;
            if (after >= 0)
            {
                _previous[after] = at;
                Offer(at, after);
            }
            if (_previous[at] is >= 0 and var before)
                Offer(before, at);
        }
        Compact();
    }

    private void Offer(int left, int right)
    {
        var rank = merges.RankOf(_ids[left], _ids[right], out var newId);
        if (rank != MergeTable.None)
            _heap.Push(rank, left, newId);
    }

    private void Link()
    {
        if (_next.Length < Count)
        {
            _next = new int[_ids.Length];
            _previous = new int[_ids.Length];
        }
        for (var i = 0; i < Count; i++)
        {
            _previous[i] = i - 1;
            _next[i] = i + 1 < Count ? i + 1 : -1;
        }
    }

    private void Compact()
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (_lengths[i] < 0)
                continue;
            _ids[kept] = _ids[i];
            _lengths[kept++] = _lengths[i];
        }
        Count = kept;
    }
}
