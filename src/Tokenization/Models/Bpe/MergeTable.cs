namespace Hone.Tokenization.Models.Bpe;

/// <summary>What two neighbouring symbols merge to: an open-addressing table from a pair of ids to rank and new id.</summary>
internal sealed class MergeTable
{
    /// <summary>The rank of a pair that does not merge.</summary>
    public const int None = int.MaxValue;

    private struct Entry
    {
        public uint Left;       // id + 1; 0 means the entry is free
        public int Right;
        public int Rank;
        public int NewId;
    }

    private readonly Entry[] _entries;
    private readonly int _shift;

    /// <param name="merges">Left id, right id, rank (lower goes first), new id. Of equal pairs the last one counts.</param>
    public MergeTable(IReadOnlyCollection<(int Left, int Right, int Rank, int NewId)> merges)
    {
        var bits = 4;
        while (1L << bits < merges.Count * 2L)
            bits++;
        _entries = new Entry[1 << bits];
        _shift = 64 - bits;
        foreach (var (left, right, rank, newId) in merges)
            _entries[Find(left, right)] = new() { Left = (uint)left + 1, Right = right, Rank = rank, NewId = newId };
    }

    /// <summary>The rank of a pair, and what it merges to.</summary>
    public int RankOf(int left, int right, out int newId)
    {
        ref readonly var entry = ref _entries[Find(left, right)];
        newId = entry.NewId;
        return entry.Left == 0 ? None : entry.Rank;
    }

    private int Find(int left, int right)
    {
        var at = (int)((((ulong)(uint)left << 32 | (uint)right) * 0x9E3779B97F4A7C15) >> _shift);
        var key = (uint)left + 1;
        var entries = _entries;
        while (entries[at].Left != 0 && (entries[at].Left != key || entries[at].Right != right))
            at = (at + 1) & (entries.Length - 1);
        return at;
    }
}
