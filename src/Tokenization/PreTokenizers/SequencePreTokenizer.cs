using Hone.Tokenization.Text;

namespace Hone.Tokenization.PreTokenizers;

internal sealed class SequencePreTokenizer(IPreTokenizer[] parts) : IPreTokenizer
{
    public IPreTokenizer[] Parts => parts;

    public Pieces Split(Pieces pieces)
    {
        foreach (var part in parts)
            pieces = part.Split(pieces);
        return pieces;
    }
}
