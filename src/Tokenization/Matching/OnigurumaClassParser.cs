using System.Globalization;
using System.Text;
using Hone.Tokenization.Unicode;

namespace Hone.Tokenization.Matching;

/// <summary>Writes Oniguruma's character classes, escapes and literals in .NET's syntax, each as something that matches one unit.</summary>
internal sealed class OnigurumaClassParser(string where)
{
    private const int MaxDepth = 20;

    /// <summary>The code points that the expression names, alone or in ranges.</summary>
    public List<(int First, int Last)> Explicit { get; } = [];

    /// <summary>The scripts that the expression names.</summary>
    public List<int> Scripts { get; } = [];

    public string Literal(int code, bool ignoreCase)
    {
        Explicit.Add((code, code));
        var folded = ignoreCase ? Folded(code, code) : "";
        return folded.Length > 0 ? $"[{Unit(code)}{folded}]" : Unit(code);
    }

    /// <summary>An escape outside a class.</summary>
    public string Escape(string text, ref int at, bool ignoreCase)
    {
        if (Set(text, ref at) is { } set)
            return set;
        return Literal(EscapedCode(text, ref at), ignoreCase);
    }

    /// <summary>A class, from its '[' to its ']'.</summary>
    public string Class(string text, ref int at, bool ignoreCase, int depth = 0)
    {
        if (depth > MaxDepth)
            throw new TokenizerFormatException(where, $"classes nested deeper than {MaxDepth}");
        var start = at++;
        var negated = at < text.Length && text[at] == '^';
        if (negated)
            at++;
        var members = new StringBuilder();      // the inside of one .NET class
        var others = new List<string>();        // what such a class cannot hold
        string? intersection = null;
        for (var first = true; ; first = false)
        {
            if (at >= text.Length)
                throw new TokenizerFormatException(where, $"the '[' at character {start} is not closed");
            if (text[at] == ']' && !first)
                break;
            if (string.CompareOrdinal(text, at, "&&", 0, 2) == 0)
            {
                intersection = And(intersection, Union(members, others));
                members.Clear();
                others.Clear();
                at += 2;
            }
            else if (string.CompareOrdinal(text, at, "[:", 0, 2) == 0 && text.IndexOf(":]", at, StringComparison.Ordinal) is > 0 and var end)
            {
                Add(Property(text[(at + 2)..end]), members, others);
                at = end + 2;
            }
            else if (text[at] == '[')
            {
                others.Add(Class(text, ref at, ignoreCase, depth + 1));
            }
            else if (text[at] == '\\' && Set(text, ref at) is { } set)
            {
                Add(set, members, others);
            }
            else
            {
                Range(text, ref at, ignoreCase, members);
            }
        }
        at++;
        var union = And(intersection, Union(members, others));
        if (!negated)
            return union;
        return others.Count == 0 && intersection is null ? $"[^{members}]" : $"(?:(?!{union})[\\s\\S])";
    }

    private static void Add(string set, StringBuilder members, List<string> others)
    {
        if (set.StartsWith("[^", StringComparison.Ordinal))
            others.Add(set);
        else
            members.Append(set.StartsWith('[') ? set[1..^1] : set);
    }

    private static string And(string? left, string right) => left is null ? right : $"(?:(?={left}){right})";

    private static string Union(StringBuilder members, List<string> others)
    {
        var all = members.Length == 0 ? others : [$"[{members}]", .. others];
        return all.Count switch { 0 => "(?!)", 1 => all[0], _ => $"(?:{string.Join('|', all)})" };
    }

    private void Range(string text, ref int at, bool ignoreCase, StringBuilder members)
    {
        var first = Code(text, ref at);
        var last = first;
        if (at + 1 < text.Length && text[at] == '-' && text[at + 1] is not (']' or '['))
        {
            at++;
            last = Code(text, ref at);
            if (last < first)
                throw new TokenizerFormatException(where, $"the range U+{first:X4} to U+{last:X4} is empty");
        }
        Explicit.Add((first, last));
        members.Append(Unit(first));
        if (last > first)
            members.Append('-').Append(Unit(last));
        if (ignoreCase)
            members.Append(Folded(first, last));
    }

    private int Code(string text, ref int at)
    {
        if (text[at] == '\\')
            return EscapedCode(text, ref at);
        if (char.IsSurrogate(text[at]))
            throw new TokenizerFormatException(where, $"a character beyond U+FFFF at character {at}, which is not supported in expressions");
        return text[at++];
    }

    // The two characters beyond ASCII that fold to an ASCII letter; .NET's tables lack the long s.
    private static string Folded(int first, int last)
    {
        return (In('s') || In('S') ? "\u017F" : "") + (In('k') || In('K') ? "\u212A" : "") + (In('\u017F') ? "sS" : "") + (In('\u212A') ? "kK" : "");

        bool In(char c) => first <= c && c <= last;
    }

    private static string Unit(int code) => $"\\u{code:X4}";

    // \p{…}, \w, \s, \d, \h and their complements; null for an escaped character.
    private string? Set(string text, ref int at)
    {
        var c = at + 1 < text.Length ? text[at + 1] : throw new TokenizerFormatException(where, "a '\\' at the end");
        switch (c)
        {
            case 's' or 'S' or 'd' or 'D':
                at += 2;
                return "\\" + c;
            case 'w' or 'W':
                at += 2;
                return $"[{(c == 'W' ? "^" : "")}{WordCharacters.OnigurumaClass}]";
            case 'h' or 'H':
                at += 2;
                return $"[{(c == 'H' ? "^" : "")}0-9a-fA-F]";
            case 'p' or 'P' when text.IndexOf('}', at) is > 0 and var end && text[at + 2] == '{':
                var name = text[(at + 3)..end];
                at = end + 1;
                return Property((c == 'P' ? "^" : "") + name);
            default:
                return null;
        }
    }

    private int EscapedCode(string text, ref int at)
    {
        var c = at + 1 < text.Length ? text[at + 1] : throw new TokenizerFormatException(where, "a '\\' at the end");
        at += 2;
        switch (c)
        {
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'f': return '\f';
            case 'v': return '\v';
            case 'a': return '\a';
            case 'e': return '\x1B';
            case 'u':
                return Hex(text, ref at, 4, 4);
            case 'x' when at < text.Length && text[at] == '{':
                at++;
                var code = Hex(text, ref at, 1, 6);
                return at < text.Length && text[at++] == '}' ? code : throw new TokenizerFormatException(where, "a '\\x{' without '}'");
            case 'x':
                return Hex(text, ref at, 1, 2);
            case var letter when char.IsAsciiLetterOrDigit(letter) || char.IsSurrogate(letter):
                throw new TokenizerFormatException(where, $"the escape '\\{letter}', which is not supported");
            default:
                return c;
        }
    }

    private int Hex(string text, ref int at, int min, int max)
    {
        var end = at;
        while (end < text.Length && end - at < max && char.IsAsciiHexDigit(text[end]))
            end++;
        if (end - at < min)
            throw new TokenizerFormatException(where, $"too few hexadecimal digits at character {at}");
        var code = int.Parse(text.AsSpan(at, end - at), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        at = end;
        return code <= 0xFFFF ? code : throw new TokenizerFormatException(where, $"U+{code:X} is beyond U+FFFF, which is not supported in expressions");
    }

    private string Property(string name)
    {
        var negated = name.StartsWith('^');
        var bare = (negated ? name[1..] : name).Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        var inside = UnicodeProperties.Category(bare) ?? Script(negated ? name[1..] : name)
            ?? throw new TokenizerFormatException(where, $"the character property '{name}', which is not known");
        return negated ? $"[^{inside}]" : $"[{inside}]";
    }

    private string? Script(string name)
    {
        if (Unicode.Scripts.Number(name) is not { } script)
            return null;
        Scripts.Add(script);
        return string.Concat(Unicode.Scripts.Ranges(script).Where(r => r.First < 0x10000).Select(r => $"{Unit(r.First)}-{Unit(Math.Min(r.Last, 0xFFFF))}"));
    }
}
