using Hone.Tokenization.Unicode;

namespace Hone.Tokenization.PreTokenizers.Scanners;

/// <summary><c>\p{N}{1,k}</c>: numbers in groups from the left.</summary>
internal sealed class NumberScanner(int maxDigits) : ScanningSplitter
{
    protected override int Match(ReadOnlySpan<char> text, int at) => Run(text, at, maxDigits) is var end && end > at ? end : -1;

    /// <summary>The end of at most some numbers from a position on.</summary>
    public static int Run(ReadOnlySpan<char> text, int at, int maxDigits)
    {
        for (var i = 0; i < maxDigits && at < text.Length && (CharClasses.At(text, at, out var length) & CharClass.Number) != 0; i++)
            at += length;
        return at;
    }
}
