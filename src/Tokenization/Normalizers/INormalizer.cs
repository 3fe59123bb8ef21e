using Hone.Tokenization.Text;

namespace Hone.Tokenization.Normalizers;

/// <summary>Rewrites a text before it is cut into pieces. Stateless, so shared by all threads.</summary>
internal interface INormalizer
{
    AlignedText Normalize(AlignedText text);
}
