using Hone.Tokenization.Matching;
using Hone.Tokenization.Text;

namespace Hone.Tokenization.PreTokenizers;

/// <summary>Splits by a pattern: the <c>Split</c> pre-tokenizer, and with a character class Punctuation, Digits and others.</summary>
internal sealed class PatternSplitter(IPattern pattern, SplitBehavior behavior, bool invert = false) : Splitter
{
    public IPattern Pattern => pattern;

    public override void Split(ReadOnlySpan<char> text, int offset, List<TextRange> output)
    {
        var matches = pattern.Matches(text);
        if (invert)
        {
            for (var i = 0; i < matches.Count; i++)
                matches[i] = matches[i] with { IsMatch = !matches[i].IsMatch };
        }
        behavior.Apply(matches, offset, output);
    }
}
