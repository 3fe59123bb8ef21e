using System.Text;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Methods;

/// <summary>strip, lstrip and rstrip.</summary>
internal static class Stripping
{
    /// <param name="characters">What to strip; absent or none: white space.</param>
    public static StringValue Strip(StringValue value, Value? characters, Sides sides)
    {
        var set = characters switch
        {
            null or NoneValue => null,
            StringValue given => given.Text.EnumerateRunes().ToHashSet(),
            _ => throw ChatTemplateException.Runtime("strip arg must be None or str"),
        };
        var (start, end) = (0, value.Text.Length);
        if (sides.HasFlag(Sides.Left))
        {
            while (start < end && IsStripped(value.Text, start, set, out var length))
                start += length;
        }
        if (sides.HasFlag(Sides.Right))
        {
            while (end > start && IsStripped(value.Text, CharacterBefore(value.Text, end), set, out var length))
                end -= length;
        }
        return value.Substring(start, end - start);
    }

    private static int CharacterBefore(string text, int end) => end > 1 && CodePoints.LengthAt(text, end - 2) == 2 ? end - 2 : end - 1;

    private static bool IsStripped(string text, int index, HashSet<Rune>? set, out int length)
    {
        length = CodePoints.LengthAt(text, index);
        return set is null ? PythonCharacter.IsSpace(text[index]) : Rune.TryGetRuneAt(text, index, out var rune) && set.Contains(rune);
    }
}
