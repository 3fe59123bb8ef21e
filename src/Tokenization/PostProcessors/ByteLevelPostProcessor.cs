using Hone.Tokenization.Text;

namespace Hone.Tokenization.PostProcessors;

/// <summary>Takes the white space at the ends of tokens out of their offsets.</summary>
internal sealed class ByteLevelPostProcessor(bool trimOffsets, bool addPrefixSpace) : IPostProcessor
{
    private static readonly char Space = ByteAlphabet.LetterOf((byte)' ');

    public int AddedTokens(bool isPair) => 0;

    public IReadOnlyList<TokenEncoding> Process(IReadOnlyList<TokenEncoding> encodings, bool addSpecialTokens)
    {
        if (trimOffsets)
        {
            foreach (var encoding in encodings)
                Trim(encoding, addPrefixSpace);
        }
        return encodings;
    }

    public static void Trim(TokenEncoding encoding, bool addPrefixSpace)
    {
        foreach (var overflowing in encoding.Overflowing)
            Trim(overflowing, addPrefixSpace);
        for (var i = 0; i < encoding.Count; i++)
        {
            var (start, end) = encoding.Offsets[i];
            var leading = encoding.Tokens[i].TakeWhile(IsSpace).Count();
            var trailing = encoding.Tokens[i].Reverse().TakeWhile(IsSpace).Count();
            // The first token's one space is one that was put there; if there are more, none was.
            if (leading == 1 && addPrefixSpace && (i == 0 || start == 0))
                leading = 0;
            start = Math.Min(start + leading, end);
            if (trailing > 0 && end >= trailing)
                end = Math.Max(end - trailing, start);
            encoding.Offsets[i] = (start, end);
        }
    }

    private static bool IsSpace(char c) => c == Space || char.IsWhiteSpace(c);
}
