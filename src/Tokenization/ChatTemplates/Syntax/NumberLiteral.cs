using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>Integers and floats as Jinja spells them: underscores between digits, 0x, 0o and 0b, no leading zeros.</summary>
internal static partial class NumberLiteral
{
    public static Token Read(SourceText source, Position position, bool afterDot)
    {
        // x.1.5 is an item of an item, so a number behind a dot is never a float
        var match = afterDot ? Match.Empty : Float().Match(source.Text, source.Index);
        var kind = match.Success ? TokenKind.Float : TokenKind.Integer;
        if (!match.Success)
            match = Integer().Match(source.Text, source.Index);
        source.Index += match.Length;
        return new Token(kind, match.Value.Replace("_", "", StringComparison.Ordinal), position);
    }

    public static BigInteger ParseInteger(string digits) => digits switch
    {
        ['0', 'x' or 'X', .. var hex] => BigInteger.Parse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        ['0', 'o' or 'O', .. var octal] => octal.Aggregate(BigInteger.Zero, (value, digit) => value * 8 + (digit - '0')),
        ['0', 'b' or 'B', .. var binary] => BigInteger.Parse("0" + binary, NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture),
        _ => BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"\G([0-9]+_)*[0-9]+((\.([0-9]+_)*[0-9]+)?e[+\-]?([0-9]+_)*[0-9]+|\.([0-9]+_)*[0-9]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Float();

    [GeneratedRegex(@"\G(0b(_?[01])+|0o(_?[0-7])+|0x(_?[0-9a-f])+|[1-9](_?[0-9])*|0(_?0)*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Integer();
}
