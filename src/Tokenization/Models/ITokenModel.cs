namespace Hone.Tokenization.Models;

/// <summary>Turns one piece of text into tokens. Shared by all threads.</summary>
internal interface ITokenModel
{
    Vocabulary Vocabulary { get; }

    /// <summary>Adds the tokens of a piece.</summary>
    /// <exception cref="TokenizationException">The piece has no tokens in this vocabulary.</exception>
    void Tokenize(ReadOnlySpan<char> piece, TokenSink output);
}
