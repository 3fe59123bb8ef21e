using Hone.Tokenization.Matching;

namespace Hone.Tokenization.Decoders;

/// <summary>Replaces every match in each piece by a text, taken literally.</summary>
internal sealed class ReplaceDecoder(IPattern pattern, string content) : IDecoder
{
    public IPattern Pattern => pattern;

    public string Content => content;

    public List<string> Decode(List<string> tokens) =>
        [.. tokens.Select(t => string.Concat(pattern.Matches(t).Select(m => m.IsMatch ? content : t.Substring(m.Range.Start, m.Range.Length))))];
}
