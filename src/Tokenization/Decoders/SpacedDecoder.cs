namespace Hone.Tokenization.Decoders;

/// <summary>What a tokenizer without a decoder does: tokens with spaces between them.</summary>
internal sealed class SpacedDecoder : IDecoder
{
    public List<string> Decode(List<string> tokens) => [string.Join(' ', tokens)];
}
