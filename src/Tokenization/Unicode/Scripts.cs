namespace Hone.Tokenization.Unicode;

/// <summary>Unicode scripts by name, in the version of the reference library (12.1).</summary>
internal static class Scripts
{
    /// <summary>The number of the script <c>Any</c>: unassigned code points.</summary>
    public const int Any = -1;

    private static readonly Lazy<Table> Loaded = new(Load);

    public static int Of(int codePoint)
    {
        var table = Loaded.Value;
        var at = Array.BinarySearch(table.Firsts, codePoint);
        if (at < 0)
            at = ~at - 1;
        return at >= 0 && codePoint <= table.Lasts[at] ? table.Numbers[at] : Any;
    }

    /// <summary>The number of a script by its Unicode name (<c>Han</c>, <c>Old_Italic</c>), or null if there is none.</summary>
    public static int? Number(string name)
    {
        var at = Array.FindIndex(Loaded.Value.Names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        return at < 0 ? null : at;
    }

    public static IEnumerable<(int First, int Last)> Ranges(int script)
    {
        var table = Loaded.Value;
        return Enumerable.Range(0, table.Firsts.Length).Where(i => table.Numbers[i] == script).Select(i => (table.Firsts[i], table.Lasts[i]));
    }

    private static Table Load()
    {
        var names = new List<string>();
        var ranges = new List<(int First, int Last, int Number)>();
        foreach (var fields in UnicodeResource.Lines("scripts.txt").Select(l => l.Split(' ')))
        {
            ranges.AddRange(UnicodeResource.Ranges(fields[1..]).Select(r => (r.First, r.Last, names.Count)));
            names.Add(fields[0]);
        }
        ranges.Sort();
        return new([.. names], [.. ranges.Select(r => r.First)], [.. ranges.Select(r => r.Last)], [.. ranges.Select(r => r.Number)]);
    }

    private sealed record Table(string[] Names, int[] Firsts, int[] Lasts, int[] Numbers);
}
