namespace Hone.Tokenization;

/// <summary>A text that a valid tokenizer cannot turn into ids: an unknown word where there is no unknown token, or a truncation that leaves nothing.</summary>
public sealed class TokenizationException(string message) : Exception(message);
