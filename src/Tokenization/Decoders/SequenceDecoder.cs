namespace Hone.Tokenization.Decoders;

internal sealed class SequenceDecoder(IDecoder[] parts) : IDecoder
{
    public IDecoder[] Parts => parts;

    public List<string> Decode(List<string> tokens) => parts.Aggregate(tokens, (current, part) => part.Decode(current));
}
