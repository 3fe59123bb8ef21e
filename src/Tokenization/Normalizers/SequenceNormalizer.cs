using Hone.Tokenization.Text;

namespace Hone.Tokenization.Normalizers;

internal sealed class SequenceNormalizer(INormalizer[] parts) : INormalizer
{
    public INormalizer[] Parts => parts;

    public AlignedText Normalize(AlignedText text)
    {
        foreach (var part in parts)
            text = part.Normalize(text);
        return text;
    }
}
