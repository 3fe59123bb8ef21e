using System.Text;
using Hone.Tokenization.Text;

namespace Hone.Tokenization.Decoders;

/// <summary>Letters back to bytes; a token with a letter outside the alphabet is text as it stands.</summary>
internal sealed class ByteLevelDecoder : IDecoder
{
    public List<string> Decode(List<string> tokens) =>
        [Encoding.UTF8.GetString([.. tokens.SelectMany(t => ByteAlphabet.Decode(t) ?? Encoding.UTF8.GetBytes(t))])];
}
