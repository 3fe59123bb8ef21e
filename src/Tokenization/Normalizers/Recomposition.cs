using Hone.Tokenization.Text;
using Hone.Tokenization.Unicode;

namespace Hone.Tokenization.Normalizers;

/// <summary>Canonical composition: a starter takes in each following mark that it composes with and that no other mark blocks.</summary>
internal static class Recomposition
{
    public static List<Change> Of(List<Change> decomposed)
    {
        var data = Decomposition.Instance;
        var result = new List<Change>(decomposed.Count);
        var starter = -1;
        var lastClass = -1;
        foreach (var change in decomposed)
        {
            var combining = data.CombiningClass(change.Rune);
            // A mark is blocked by one of the same or a higher class that stayed between it and the starter.
            if (starter >= 0 && lastClass < combining && data.Compose(result[starter].Rune, change.Rune) is { } composed)
            {
                result[starter] = new(composed, result[starter].Count + change.Count - 1);
                continue;
            }
            if (combining == 0)
            {
                starter = result.Count;
                lastClass = -1;
            }
            else if (starter >= 0)
            {
                lastClass = combining;
            }
            result.Add(change);
        }
        return result;
    }
}
