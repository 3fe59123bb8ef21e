using System.Text;
using Hone.Tokenization.Normalizers;
using Hone.Tokenization.Text;

namespace Hone.Tokenization.PreTokenizers;

/// <summary>GPT-2's way: an optional space before each piece, an optional split by GPT-2's expression, then bytes as letters.</summary>
internal sealed class ByteLevelPreTokenizer(bool addPrefixSpace, bool useRegex) : IPreTokenizer
{
    public bool AddPrefixSpace => addPrefixSpace;

    public bool UseRegex => useRegex;

    public Pieces Split(Pieces pieces)
    {
        if (addPrefixSpace)
            pieces = PrependSpaces(pieces);
        if (useRegex)
            pieces = KnownExpressions.Gpt2.Split(pieces);
        return ToBytes(pieces);
    }

    private static Pieces PrependSpaces(Pieces pieces)
    {
        var text = AlignedText.Empty(pieces.Text.Length + pieces.Ranges.Count, pieces.Text.OriginalStart);
        var ranges = new List<TextRange>(pieces.Ranges.Count);
        foreach (var range in pieces.Ranges)
        {
            var start = text.Length;
            if (pieces.Text.Chars[range.Start] != ' ')
                text.AppendUnit(' ', pieces.Text.StartOf(range.Start), pieces.Text.EndOf(range.Start));
            text.AppendFrom(pieces.Text, range.Start, range.Length);
            ranges.Add(new(start, text.Length - start));
        }
        return new(text, ranges);
    }

    private static Pieces ToBytes(Pieces pieces)
    {
        var text = AlignedText.Empty(pieces.Text.Length, pieces.Text.OriginalStart);
        var ranges = new List<TextRange>(pieces.Ranges.Count);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var range in pieces.Ranges)
        {
            var start = text.Length;
            for (var at = range.Start; at < range.End;)
            {
                Rune.DecodeFromUtf16(pieces.Text.Chars[at..], out var rune, out var length);
                foreach (var value in bytes[..rune.EncodeToUtf8(bytes)])
                    text.AppendUnit(ByteAlphabet.LetterOf(value), pieces.Text.StartOf(at), pieces.Text.EndOf(at));
                at += length;
            }
            ranges.Add(new(start, text.Length - start));
        }
        return new(text, ranges);
    }
}
