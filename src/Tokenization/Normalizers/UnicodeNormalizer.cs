using System.Text;
using Hone.Tokenization.Text;
using Hone.Tokenization.Unicode;

namespace Hone.Tokenization.Normalizers;

/// <summary>Unicode's normalization forms. Composed characters are aligned with the first of those they were made of.</summary>
internal sealed class UnicodeNormalizer : INormalizer
{
    public static readonly UnicodeNormalizer Nfc = new(compatibility: false, compose: true);
    public static readonly UnicodeNormalizer Nfd = new(compatibility: false, compose: false);
    public static readonly UnicodeNormalizer Nfkc = new(compatibility: true, compose: true);
    public static readonly UnicodeNormalizer Nfkd = new(compatibility: true, compose: false);

    private readonly bool _compatibility;
    private readonly bool _compose;

    private UnicodeNormalizer(bool compatibility, bool compose)
    {
        _compatibility = compatibility;
        _compose = compose;
    }

    public AlignedText Normalize(AlignedText text)
    {
        if (!text.Chars.ContainsAnyExceptInRange('\0', '\x7F') || (ReferenceEquals(this, Nfc) && IsStable(text.Chars)))
            return text;
        var changes = Decompose(text.Chars);
        return text.Apply(_compose ? Recomposition.Of(changes) : changes);
    }

    /// <summary>True if NFC certainly leaves a text as it is.</summary>
    public static bool IsStable(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyExceptInRange('\0', '\u02FF'))
            return true;
        var stable = Decomposition.Instance.Stable;
        foreach (var unit in text)
        {
            if (!stable[unit])
                return false;
        }
        return true;
    }

    // Decomposed, and each run of marks sorted by combining class.
    private List<Change> Decompose(ReadOnlySpan<char> text)
    {
        var data = Decomposition.Instance;
        var changes = new List<Change>(text.Length);
        var classes = new List<byte>();
        var parts = new List<Rune>();
        foreach (var rune in text.EnumerateRunes())
        {
            parts.Clear();
            data.Decompose(rune, _compatibility, parts);
            for (var i = 0; i < parts.Count; i++)
            {
                var combining = data.CombiningClass(parts[i]);
                if (combining == 0)
                    SortMarks(changes, classes);
                else
                    classes.Add(combining);
                changes.Add(new(parts[i], i == 0 ? 0 : 1));
            }
        }
        SortMarks(changes, classes);
        return changes;
    }

    private static void SortMarks(List<Change> changes, List<byte> classes)
    {
        if (classes.Count > 1)
        {
            var first = changes.Count - classes.Count;
            var sorted = Enumerable.Range(0, classes.Count).OrderBy(i => classes[i]).Select(i => changes[first + i]).ToArray();
            changes.RemoveRange(first, sorted.Length);
            changes.AddRange(sorted);
        }
        classes.Clear();
    }
}
