using Hone.Tokenization.Matching;
using Hone.Tokenization.Normalizers;
using Hone.Tokenization.Text;

namespace Hone.Tokenization.PreTokenizers;

/// <summary>Whether a text gets a space of its own before it.</summary>
internal enum PrependScheme
{
    Always,
    First,  // only the stretch that begins the whole text
    Never,
}

/// <summary>SentencePiece's way with spaces: each becomes a visible character, and words begin with one.</summary>
internal sealed class MetaspacePreTokenizer(char replacement, PrependScheme scheme, bool split) : IPreTokenizer
{
    private static readonly StringPattern Space = new(" ");

    private readonly string _replacement = replacement.ToString();
    private readonly StringPattern _pattern = new(replacement.ToString());

    public Pieces Split(Pieces pieces)
    {
        var text = AlignedText.Empty(pieces.Text.Length + pieces.Ranges.Count, pieces.Text.OriginalStart);
        var ranges = new List<TextRange>();
        foreach (var range in pieces.Ranges)
        {
            var piece = AlignedText.Empty(range.Length, pieces.Text.StartOf(range.Start));
            piece.AppendFrom(pieces.Text, range.Start, range.Length);
            piece = ReplaceNormalizer.Replace(piece, Space, _replacement);
            var prepends = scheme == PrependScheme.Always || (scheme == PrependScheme.First && piece.OriginalStart == 0);
            if (prepends && piece.Chars[0] != replacement)
                piece = PrependNormalizer.Prepend(piece, _replacement);
            if (split)
                SplitBehavior.MergedWithNext.Apply(_pattern.Matches(piece.Chars), text.Length, ranges);
            else
                ranges.Add(new(text.Length, piece.Length));
            text.AppendFrom(piece, 0, piece.Length);
        }
        return new(text, ranges);
    }
}
