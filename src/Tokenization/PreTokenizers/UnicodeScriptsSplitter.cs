using System.Text;
using Hone.Tokenization.Text;
using Hone.Tokenization.Unicode;

namespace Hone.Tokenization.PreTokenizers;

/// <summary>Splits where the script changes. Hiragana and Katakana count as Han, spaces as whatever stands before them.</summary>
internal sealed class UnicodeScriptsSplitter : Splitter
{
    private static readonly Lazy<(int Han, int Hiragana, int Katakana)> Japanese =
        new(() => (Scripts.Number("Han")!.Value, Scripts.Number("Hiragana")!.Value, Scripts.Number("Katakana")!.Value));

    public override void Split(ReadOnlySpan<char> text, int offset, List<TextRange> output)
    {
        var start = 0;
        int? last = null;
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
            var script = ScriptOf(rune.Value);
            if (script != Scripts.Any)
            {
                if (last is not null && last != script && at > start)
                {
                    output.Add(new(offset + start, at - start));
                    start = at;
                }
                else if (last is null && at > 0)
                {
                    // What stands before the first script is cut off with it.
                    start = at;
                }
                last = script;
            }
            at += length;
        }
        if (start < text.Length && last is not null)
            output.Add(new(offset + start, text.Length - start));
    }

    private static int ScriptOf(int c)
    {
        if (c == ' ')
            return Scripts.Any;
        var (han, hiragana, katakana) = Japanese.Value;
        var script = Scripts.Of(c);
        return c == 0x30FC || script == hiragana || script == katakana ? han : script;
    }
}
