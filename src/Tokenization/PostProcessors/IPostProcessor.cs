namespace Hone.Tokenization.PostProcessors;

/// <summary>Puts the tokens around a text, or a pair of texts, that the model was trained with; and corrects offsets.</summary>
internal interface IPostProcessor
{
    /// <summary>The number of tokens it adds to one text or to a pair.</summary>
    int AddedTokens(bool isPair);

    /// <summary>Takes one or more encodings and returns one or more, to be joined in order.</summary>
    IReadOnlyList<TokenEncoding> Process(IReadOnlyList<TokenEncoding> encodings, bool addSpecialTokens);
}
