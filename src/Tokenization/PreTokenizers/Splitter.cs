using Hone.Tokenization.Text;

namespace Hone.Tokenization.PreTokenizers;

/// <summary>A pre-tokenizer that only cuts: it says where, and changes no character.</summary>
internal abstract class Splitter : IPreTokenizer
{
    public Pieces Split(Pieces pieces)
    {
        var ranges = new List<TextRange>(pieces.Ranges.Count * 2);
        foreach (var range in pieces.Ranges)
            Split(pieces.Text.Chars.Slice(range.Start, range.Length), range.Start, ranges);
        return pieces with { Ranges = ranges };
    }

    /// <summary>Adds the pieces of a text, none of them empty, with <paramref name="offset"/> added to their positions.</summary>
    public abstract void Split(ReadOnlySpan<char> text, int offset, List<TextRange> output);
}
