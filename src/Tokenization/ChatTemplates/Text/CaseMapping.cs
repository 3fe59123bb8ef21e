using System.Buffers;
using System.Text;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Text;

/// <summary>Python's case conversions: Unicode's full mappings, each new character with the origin of the one it came from.</summary>
internal static class CaseMapping
{
    public static StringValue Upper(StringValue value, Budget budget) => Map(value, budget, (text, i, rune) => Upper(rune));

    public static StringValue Lower(StringValue value, Budget budget) => Map(value, budget, Lower);

    public static StringValue Capitalize(StringValue value, Budget budget) =>
        Map(value, budget, (text, i, rune) => i == 0 ? Title(rune) : Lower(text, i, rune));

    /// <summary>str.title: a letter behind an uncased character is upper, one behind a cased character is lower.</summary>
    public static StringValue Title(StringValue value, Budget budget)
    {
        var inWord = false;
        return Map(value, budget, (text, i, rune) =>
        {
            var mapped = inWord ? Lower(text, i, rune) : Title(rune);
            inWord = PythonCharacter.IsCased(rune);
            return mapped;
        });
    }

    public static StringValue SwapCase(StringValue value, Budget budget) => Map(value, budget, (text, i, rune) =>
        PythonCharacter.IsUpper(rune) ? Lower(text, i, rune) : PythonCharacter.IsLower(rune) ? Upper(rune) : rune.ToString());

    /// <summary>Folding is lower of upper for all but dotless i and Cherokee, whose small letters fold to the capitals.</summary>
    public static StringValue Fold(StringValue value, Budget budget) => Map(value, budget, (text, i, rune) => rune.Value switch
    {
        'ı' or (>= 0x13A0 and <= 0x13F5) => rune.ToString(),
        >= 0x13F8 and <= 0x13FD => Rune.ToUpperInvariant(rune).ToString(),
        >= 0xAB70 and <= 0xABBF => Rune.ToUpperInvariant(rune).ToString(),
        'ẞ' => "ss",
        _ => string.Concat(Upper(rune).EnumerateRunes().Select(folded => folded.Value == 'İ' ? "i̇" : Rune.ToLowerInvariant(folded).ToString())),
    });

    private static StringValue Map(StringValue value, Budget budget, Func<string, int, Rune, string> map)
    {
        var output = new TextBuilder(budget);
        for (var i = 0; i < value.Text.Length;)
        {
            if (!Rune.TryGetRuneAt(value.Text, i, out var rune))
            {
                output.Append(value, i++, 1);
                continue;
            }
            output.Append(map(value.Text, i, rune), value.OriginAt(i));
            i += rune.Utf16SequenceLength;
        }
        return output.ToValue().AsMarkup(value.IsMarkup);
    }

    private static string Upper(Rune rune) => rune.IsBmp && SpecialCasing.Upper.TryGetValue((char)rune.Value, out var upper) ? upper : Rune.ToUpperInvariant(rune).ToString();

    private static string Title(Rune rune) => rune.IsBmp && SpecialCasing.Title.TryGetValue((char)rune.Value, out var title) ? title
        : rune.Value is >= 0x10D0 and <= 0x10FF ? rune.ToString() // Georgian has no title case
        : Upper(rune);

    private static string Lower(string text, int i, Rune rune) => rune.Value switch
    {
        'İ' => "i̇",
        'Σ' => IsFinalSigma(text, i) ? "ς" : "σ",
        _ => Rune.ToLowerInvariant(rune).ToString(),
    };

    /// <summary>A capital sigma ends a word: behind a cased letter and not before one.</summary>
    private static bool IsFinalSigma(string text, int i) => IsCasedBefore(text.AsSpan(0, i)) && !IsCasedAfter(text.AsSpan(i + 1));

    private static bool IsCasedBefore(ReadOnlySpan<char> text)
    {
        while (Rune.DecodeLastFromUtf16(text, out var rune, out var length) == OperationStatus.Done)
        {
            if (!PythonCharacter.IsCaseIgnorable(rune))
                return PythonCharacter.IsCased(rune);
            text = text[..^length];
        }
        return false;
    }

    private static bool IsCasedAfter(ReadOnlySpan<char> text)
    {
        while (Rune.DecodeFromUtf16(text, out var rune, out var length) == OperationStatus.Done)
        {
            if (!PythonCharacter.IsCaseIgnorable(rune))
                return PythonCharacter.IsCased(rune);
            text = text[length..];
        }
        return false;
    }
}
