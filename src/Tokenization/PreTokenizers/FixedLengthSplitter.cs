using Hone.Tokenization.Text;

namespace Hone.Tokenization.PreTokenizers;

/// <summary>Cuts after every so many characters.</summary>
internal sealed class FixedLengthSplitter(int length) : Splitter
{
    public override void Split(ReadOnlySpan<char> text, int offset, List<TextRange> output)
    {
        var start = 0;
        var count = 0;
        for (var at = 0; at < text.Length;)
        {
            at += char.IsHighSurrogate(text[at]) ? 2 : 1;
            if (++count == length || at >= text.Length)
            {
                output.Add(new(offset + start, at - start));
                (start, count) = (at, 0);
            }
        }
    }
}
