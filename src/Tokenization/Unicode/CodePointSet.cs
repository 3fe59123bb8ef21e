namespace Hone.Tokenization.Unicode;

/// <summary>A set of code points, kept as ascending ranges.</summary>
internal sealed class CodePointSet
{
    private readonly int[] _firsts;
    private readonly int[] _lasts;

    public CodePointSet(IEnumerable<(int First, int Last)> ranges)
    {
        var sorted = ranges.OrderBy(r => r.First).ToArray();
        _firsts = [.. sorted.Select(r => r.First)];
        _lasts = [.. sorted.Select(r => r.Last)];
    }

    public IEnumerable<(int First, int Last)> Ranges => _firsts.Zip(_lasts);

    public bool Contains(int codePoint)
    {
        var at = Array.BinarySearch(_firsts, codePoint);
        if (at < 0)
            at = ~at - 1;
        return at >= 0 && codePoint <= _lasts[at];
    }
}
