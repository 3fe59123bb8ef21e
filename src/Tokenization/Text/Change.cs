using System.Text;

namespace Hone.Tokenization.Text;

/// <summary>
/// One character of a changed text. <paramref name="Count"/> says how it stands to the old text: 0 takes the place of the next old
/// character, 1 is inserted, −n takes the place of the next one and removes the n after it.
/// </summary>
internal readonly record struct Change(Rune Rune, int Count);

internal static class Changes
{
    /// <summary>The text that the changes make of the old one, after the removal of some characters at its start.</summary>
    public static AlignedText Apply(this AlignedText text, IReadOnlyList<Change> changes, int removedAtStart = 0)
    {
        var result = AlignedText.Empty(changes.Count, text.OriginalStart);
        var old = Skip(text, 0, removedAtStart);
        foreach (var (rune, count) in changes)
        {
            // An inserted character lies where the one before it does; before all others, nowhere.
            var inserted = count > 0 || old >= text.Length;
            var (start, end) = !inserted ? (text.StartOf(old), text.EndOf(old))
                : old == 0 ? (text.OriginalStart, text.OriginalStart)
                : (text.StartOf(old - 1), text.EndOf(old - 1));
            result.Append(rune, start, end);
            if (count <= 0)
                old = Skip(text, old, 1 - count);
        }
        return result;
    }

    private static int Skip(AlignedText text, int at, int runes)
    {
        for (; runes > 0 && at < text.Length; runes--)
            at += char.IsHighSurrogate(text.Chars[at]) ? 2 : 1;
        return at;
    }
}
