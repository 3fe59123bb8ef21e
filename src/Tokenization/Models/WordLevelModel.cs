namespace Hone.Tokenization.Models;

/// <summary>Whole pieces are tokens, or unknown.</summary>
internal sealed class WordLevelModel(Vocabulary vocabulary, string unknownToken) : ITokenModel
{
    public Vocabulary Vocabulary => vocabulary;

    public void Tokenize(ReadOnlySpan<char> piece, TokenSink output)
    {
        if (!vocabulary.TryGetId(piece, out var id))
            id = vocabulary.IdOf(unknownToken) ?? throw new TokenizationException($"A word is not in the vocabulary, and neither is the unknown token {Quote.Of(unknownToken)}.");
        output.Add(id, 0, Utf8Spans.Length(piece));
    }
}
