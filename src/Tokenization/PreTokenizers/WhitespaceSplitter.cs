using System.Text;
using Hone.Tokenization.Matching;
using Hone.Tokenization.Text;

namespace Hone.Tokenization.PreTokenizers;

/// <summary>The <c>Whitespace</c> pre-tokenizer: runs of word characters and runs of neither word nor white space, <c>\w+|[^\w\s]+</c>.</summary>
internal sealed class WhitespaceSplitter : Splitter
{
    private enum Kind { Space, Word, Other }

    public override void Split(ReadOnlySpan<char> text, int offset, List<TextRange> output)
    {
        var start = 0;
        var current = Kind.Space;
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
            var kind = Rune.IsWhiteSpace(rune) ? Kind.Space : WordCharacters.Contains(rune) ? Kind.Word : Kind.Other;
            if (kind != current)
            {
                if (current != Kind.Space)
                    output.Add(new(offset + start, at - start));
                (start, current) = (at, kind);
            }
            at += length;
        }
        if (current != Kind.Space)
            output.Add(new(offset + start, text.Length - start));
    }
}
