using Hone.Tokenization.Matching;
using Hone.Tokenization.Text;

namespace Hone.Tokenization.PreTokenizers;

/// <summary>What becomes of the matches of a splitting pattern.</summary>
internal enum SplitBehavior
{
    Removed,
    Isolated,
    MergedWithPrevious,
    MergedWithNext,
    Contiguous,
}

internal static class SplitBehaviors
{
    /// <summary>Adds the pieces that a behaviour makes of the stretches of a text.</summary>
    public static void Apply(this SplitBehavior behavior, List<Match> matches, int offset, List<TextRange> output)
    {
        var first = output.Count;
        var previous = false;
        switch (behavior)
        {
            case SplitBehavior.MergedWithNext:
                for (var i = matches.Count - 1; i >= 0; i--)
                {
                    var (range, isMatch) = matches[i];
                    if (isMatch && !previous && output.Count > first)
                        output[^1] = new(range.Start + offset, output[^1].End - range.Start - offset);
                    else
                        output.Add(range with { Start = range.Start + offset });
                    previous = isMatch;
                }
                output.Reverse(first, output.Count - first);
                break;
            default:
                foreach (var (range, isMatch) in matches)
                {
                    var joined = behavior switch
                    {
                        SplitBehavior.MergedWithPrevious => isMatch && !previous,
                        SplitBehavior.Contiguous => isMatch == previous,
                        _ => false,
                    };
                    if (joined && output.Count > first)
                        output[^1] = new(output[^1].Start, range.End + offset - output[^1].Start);
                    else if (behavior != SplitBehavior.Removed || !isMatch)
                        output.Add(range with { Start = range.Start + offset });
                    previous = isMatch;
                }
                break;
        }
        output.RemoveAll(first, r => r.Length == 0);
    }

    private static void RemoveAll(this List<TextRange> list, int first, Predicate<TextRange> unwanted)
    {
        var kept = first;
        for (var i = first; i < list.Count; i++)
        {
            if (!unwanted(list[i]))
                list[kept++] = list[i];
        }
        list.RemoveRange(kept, list.Count - kept);
    }
}
