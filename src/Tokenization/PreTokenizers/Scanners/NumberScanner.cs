using System.Buffers;
using Hone.Tokenization.Unicode;

namespace Hone.Tokenization.PreTokenizers.Scanners;

/// <summary><c>\p{N}{1,k}</c>: numbers in groups from the left.</summary>
internal sealed class NumberScanner(int maxDigits) : ScanningSplitter
{
    protected override int Match(ReadOnlySpan<char> text, int at) => Run(text, at, maxDigits) is var end && end > at ? end : -1;

    protected override int Candidate(ReadOnlySpan<char> text, int at) => NextNumber(text, at);

    /// <summary>The next position, from one on, that is a number or half of a surrogate pair; the text's end if there is none.</summary>
    public static int NextNumber(ReadOnlySpan<char> text, int at) => text[at..].IndexOfAny(Numbers) is >= 0 and var found ? at + found : text.Length;

    private static readonly SearchValues<char> Numbers = SearchValues.Create(
        [.. Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(c => (CharClasses.Of(c) & CharClass.Number) != 0 || char.IsHighSurrogate(c))]);

    /// <summary>The end of at most some numbers from a position on.</summary>
    public static int Run(ReadOnlySpan<char> text, int at, int maxDigits)
    {
        for (var i = 0; i < maxDigits && at < text.Length && (CharClasses.At(text, at, out var length) & CharClass.Number) != 0; i++)
            at += length;
        return at;
    }
}
