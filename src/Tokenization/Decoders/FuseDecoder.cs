namespace Hone.Tokenization.Decoders;

/// <summary>Joins all pieces into one, for decoders after it that look at piece ends.</summary>
internal sealed class FuseDecoder : IDecoder
{
    public List<string> Decode(List<string> tokens) => [string.Concat(tokens)];
}
