using Hone.Tokenization.Text;

namespace Hone.Tokenization.Matching;

/// <summary>A literal text. The empty one matches nowhere.</summary>
internal sealed class StringPattern(string value) : IPattern
{
    public string Value => value;

    public List<Match> Matches(ReadOnlySpan<char> text)
    {
        var result = new List<Match>();
        var last = 0;
        while (value.Length > 0 && text[last..].IndexOf(value, StringComparison.Ordinal) is >= 0 and var found)
        {
            if (found > 0)
                result.Add(new(new(last, found), false));
            result.Add(new(new(last + found, value.Length), true));
            last += found + value.Length;
        }
        if (last < text.Length)
            result.Add(new(new(last, text.Length - last), false));
        return result;
    }
}
