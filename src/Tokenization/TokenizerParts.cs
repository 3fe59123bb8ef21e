using Hone.Tokenization.Decoders;
using Hone.Tokenization.Models;
using Hone.Tokenization.Normalizers;
using Hone.Tokenization.PostProcessors;
using Hone.Tokenization.PreTokenizers;

namespace Hone.Tokenization;

/// <summary>What a tokenizer is made of, wherever it was read from.</summary>
internal sealed record TokenizerParts(ITokenModel Model, IDecoder Decoder)
{
    public INormalizer? Normalizer { get; init; }

    public IPreTokenizer? PreTokenizer { get; init; }

    public IPostProcessor? PostProcessor { get; init; }

    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    public TruncationPolicy? Truncation { get; init; }

    public PaddingPolicy? Padding { get; init; }
}
