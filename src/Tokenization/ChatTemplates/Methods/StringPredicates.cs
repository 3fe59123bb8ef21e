using System.Text;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Methods;

/// <summary>The methods that ask what a text consists of.</summary>
internal static class StringPredicates
{
    public static Method<StringValue>[] Methods { get; } =
    [
        Of("isalpha", text => All(text, PythonCharacter.IsAlpha)),
        Of("isdecimal", text => All(text, PythonCharacter.IsDecimal)),
        Of("isdigit", text => All(text, PythonCharacter.IsDigit)),
        Of("isnumeric", text => All(text, PythonCharacter.IsNumeric)),
        Of("isalnum", text => All(text, rune => PythonCharacter.IsAlpha(rune) || PythonCharacter.IsNumeric(rune))),
        Of("isspace", text => All(text, rune => rune.IsBmp && PythonCharacter.IsSpace((char)rune.Value))),
        Of("isprintable", text => text.EnumerateRunes().All(PythonCharacter.IsPrintable)),
        Of("isascii", text => Ascii.IsValid(text)),
        Of("isidentifier", IsIdentifier),
        Of("isupper", IsUpper),
        Of("islower", IsLower),
        Of("istitle", IsTitle),
    ];

    public static bool IsUpper(string text) => text.EnumerateRunes().Any(PythonCharacter.IsUpper)
        && !text.EnumerateRunes().Any(rune => PythonCharacter.IsCased(rune) && !PythonCharacter.IsUpper(rune));

    public static bool IsLower(string text) => text.EnumerateRunes().Any(PythonCharacter.IsLower)
        && !text.EnumerateRunes().Any(rune => PythonCharacter.IsCased(rune) && !PythonCharacter.IsLower(rune));

    private static Method<StringValue> Of(string name, Func<string, bool> holds) => new(name, Parameters.None, (_, self, _) => BoolValue.Of(holds(self.Text)));

    private static bool All(string text, Func<Rune, bool> holds) => text.Length > 0 && text.EnumerateRunes().All(holds);

    private static bool IsIdentifier(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0])
        && (text[0] == '_' || char.IsLetter(text[0])) && text.All(PythonCharacter.IsIdentifierPart);

    /// <summary>Every word begins upper and goes on lower, and there is one.</summary>
    private static bool IsTitle(string text)
    {
        var (inWord, found) = (false, false);
        foreach (var rune in text.EnumerateRunes())
        {
            var isStart = PythonCharacter.IsUpper(rune) || PythonCharacter.IsCased(rune) && !PythonCharacter.IsLower(rune);
            if (PythonCharacter.IsCased(rune) && isStart == inWord)
                return false;
            inWord = PythonCharacter.IsCased(rune);
            found |= inWord;
        }
        return found;
    }
}
