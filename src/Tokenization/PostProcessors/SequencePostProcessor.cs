namespace Hone.Tokenization.PostProcessors;

internal sealed class SequencePostProcessor(IReadOnlyList<IPostProcessor> parts) : IPostProcessor
{
    public int AddedTokens(bool isPair) => parts.Sum(p => p.AddedTokens(isPair));

    public IReadOnlyList<TokenEncoding> Process(IReadOnlyList<TokenEncoding> encodings, bool addSpecialTokens) =>
        parts.Aggregate(encodings, (current, part) => part.Process(current, addSpecialTokens));
}
