using Hone.Tokenization.Text;

namespace Hone.Tokenization.PreTokenizers;

/// <summary>Cuts pieces of text into smaller ones, which the model then looks at one by one. Stateless, so shared by all threads.</summary>
internal interface IPreTokenizer
{
    Pieces Split(Pieces pieces);
}
