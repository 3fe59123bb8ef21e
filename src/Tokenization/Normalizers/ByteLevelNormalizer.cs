using System.Text;
using Hone.Tokenization.Text;

namespace Hone.Tokenization.Normalizers;

/// <summary>Writes each byte of the text's UTF-8 form as one visible letter (GPT-2's byte alphabet).</summary>
internal sealed class ByteLevelNormalizer : CharacterNormalizer
{
    public static readonly ByteLevelNormalizer Instance = new();

    protected override void Map(Rune rune, Output output)
    {
        Span<byte> bytes = stackalloc byte[4];
        var count = rune.EncodeToUtf8(bytes);
        for (var i = 0; i < count; i++)
            output.Add(ByteAlphabet.LetterOf(bytes[i]));
    }
}
