namespace Hone.Tokenization.Models.Bpe;

/// <summary>The switches of a BPE model, as tokenizer.json names them.</summary>
/// <param name="UnknownToken">What a character outside the vocabulary becomes; null: nothing.</param>
/// <param name="ContinuingSubwordPrefix">Put before every character of a word but the first.</param>
/// <param name="EndOfWordSuffix">Put after the last character of a word.</param>
/// <param name="FuseUnknown">Neighbouring unknown characters are one token.</param>
/// <param name="ByteFallback">An unknown character becomes the tokens of its bytes, if the vocabulary has them all.</param>
/// <param name="IgnoreMerges">A piece that is a token itself is taken without merging.</param>
internal sealed record BpeOptions(
    string? UnknownToken = null,
    string? ContinuingSubwordPrefix = null,
    string? EndOfWordSuffix = null,
    bool FuseUnknown = false,
    bool ByteFallback = false,
    bool IgnoreMerges = false);
