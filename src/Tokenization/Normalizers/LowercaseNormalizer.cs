using System.Text;

namespace Hone.Tokenization.Normalizers;

/// <summary>Lowercases each character alone: no rule for a final sigma. U+0130 is the one character that becomes two.</summary>
internal sealed class LowercaseNormalizer : CharacterNormalizer
{
    public static readonly LowercaseNormalizer Instance = new();

    protected override void Map(Rune rune, Output output)
    {
        if (rune.Value == 0x130)
        {
            output.Add('i');
            output.Add('\u0307');
            return;
        }
        output.Add(Lower(rune));
    }

    /// <summary>The simple lower case as of Unicode 17, of which the platform's tables lack the newest letters.</summary>
    private static Rune Lower(Rune rune) => rune.Value switch
    {
        < 0x1C89 => Rune.ToLowerInvariant(rune),
        0x1C89 => new(0x1C8A),
        0xA7CB => new(0x264),
        0xA7CC => new(0xA7CD),
        0xA7CE => new(0xA7CF),
        0xA7D2 => new(0xA7D3),
        0xA7D4 => new(0xA7D5),
        0xA7DA => new(0xA7DB),
        0xA7DC => new(0x19B),
        >= 0x10D50 and <= 0x10D65 => new(rune.Value + 0x20),
        >= 0x16EA0 and <= 0x16EB8 => new(rune.Value + 0x1B),
        _ => Rune.ToLowerInvariant(rune),
    };
}
