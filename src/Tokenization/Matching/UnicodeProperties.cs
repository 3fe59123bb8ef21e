namespace Hone.Tokenization.Matching;

/// <summary>The names of general categories and of POSIX brackets, as the inside of a .NET character class.</summary>
internal static class UnicodeProperties
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Letter"] = @"\p{L}",
        ["Mark"] = @"\p{M}",
        ["Number"] = @"\p{N}",
        ["Punctuation"] = @"\p{P}",
        ["Symbol"] = @"\p{S}",
        ["Separator"] = @"\p{Z}",
        ["Other"] = @"\p{C}",
        ["UppercaseLetter"] = @"\p{Lu}",
        ["LowercaseLetter"] = @"\p{Ll}",
        ["TitlecaseLetter"] = @"\p{Lt}",
        ["ModifierLetter"] = @"\p{Lm}",
        ["OtherLetter"] = @"\p{Lo}",
        ["NonspacingMark"] = @"\p{Mn}",
        ["DecimalNumber"] = @"\p{Nd}",
        ["alpha"] = @"\p{L}\p{M}\p{Nl}\u24B6-\u24E9",
        ["alnum"] = @"\p{L}\p{M}\p{Nl}\p{Nd}\u24B6-\u24E9",
        ["digit"] = @"\p{Nd}",
        ["punct"] = @"\p{P}\p{S}",
        ["space"] = @"\s",
        ["upper"] = @"\p{Lu}",
        ["lower"] = @"\p{Ll}",
        ["word"] = WordCharacters.OnigurumaClass,
        ["xdigit"] = "0-9a-fA-F",
        ["cntrl"] = @"\p{Cc}",
        ["blank"] = @"\p{Zs}\t",
        ["ascii"] = @"\u0000-\u007F",
        ["any"] = @"\s\S",
    };

    private const string Short = " L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp C Cc Cf Co Cn ";

    public static string? Category(string name) =>
        Short.Contains($" {name} ", StringComparison.Ordinal) ? $"\\p{{{name}}}" : Names.GetValueOrDefault(name);
}
