namespace Hone.Tokenization.Text;

/// <summary>A run of UTF-16 units in a text.</summary>
internal readonly record struct TextRange(int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>A text cut into pieces. What lies between the pieces is dropped; no piece is empty.</summary>
internal sealed record Pieces(AlignedText Text, List<TextRange> Ranges)
{
    public static Pieces Whole(AlignedText text) => new(text, text.Length == 0 ? [] : [new(0, text.Length)]);
}
