using System.Text;
using Hone.Tokenization.Text;

namespace Hone.Tokenization.Matching;

/// <summary>Any one character of a kind.</summary>
internal sealed class CharacterPattern(Func<Rune, bool> isMatch) : IPattern
{
    public List<Match> Matches(ReadOnlySpan<char> text)
    {
        var result = new List<Match>();
        var last = 0;
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
            if (isMatch(rune))
            {
                if (last < at)
                    result.Add(new(new(last, at - last), false));
                result.Add(new(new(at, length), true));
                last = at + length;
            }
            at += length;
        }
        if (last < text.Length)
            result.Add(new(new(last, text.Length - last), false));
        return result;
    }
}
