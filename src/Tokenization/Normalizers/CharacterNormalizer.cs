using System.Text;
using Hone.Tokenization.Text;

namespace Hone.Tokenization.Normalizers;

/// <summary>A normalizer that looks at one character at a time: each becomes any number of characters, all aligned with it.</summary>
internal abstract class CharacterNormalizer : INormalizer
{
    public AlignedText Normalize(AlignedText text)
    {
        var result = AlignedText.Empty(text.Length, text.OriginalStart);
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text.Chars[at..], out var rune, out var length);
            Map(rune, new Output(result, text.StartOf(at), text.EndOf(at)));
            at += length;
        }
        return result;
    }

    protected abstract void Map(Rune rune, Output output);

    /// <summary>Takes what one character becomes.</summary>
    protected readonly struct Output(AlignedText text, int start, int end)
    {
        public void Add(Rune rune) => text.Append(rune, start, end);

        public void Add(char unit) => text.AppendUnit(unit, start, end);
    }
}
