using System.Globalization;
using System.Text;

namespace Hone.Tokenization.Matching;

/// <summary>An expression in .NET's syntax, the code points that it names, and the scripts.</summary>
internal sealed record TranslatedPattern(string Pattern, IReadOnlyList<(int First, int Last)> Explicit, IReadOnlyList<int> Scripts);

/// <summary>
/// Writes an Oniguruma expression (Ruby syntax) in .NET's. What has no counterpart is refused by name: references to groups,
/// absent operators, extended mode, characters beyond U+FFFF.
/// </summary>
internal sealed class OnigurumaTranslator(string expression, string where)
{
    private const int MaxLength = 1 << 14, MaxDepth = 100;
    private const string WordStart = $@"(?:(?<=[{WordCharacters.OnigurumaClass}])(?![{WordCharacters.OnigurumaClass}])";
    private const string WordEnd = $@"(?<![{WordCharacters.OnigurumaClass}])(?=[{WordCharacters.OnigurumaClass}]))";
    private const string NotWordEdge = $@"(?:(?<=[{WordCharacters.OnigurumaClass}])(?=[{WordCharacters.OnigurumaClass}])";

    private readonly StringBuilder _output = new();
    private readonly OnigurumaClassParser _classes = new(where);
    private int _at;

    public TranslatedPattern Translate()
    {
        if (expression.Length > MaxLength)
            throw Error($"an expression of {expression.Length} characters; the limit is {MaxLength}");
        Alternatives(ignoreCase: false, depth: 0);
        if (_at < expression.Length)
            throw Error($"a ')' without '(' at character {_at}");
        return new(_output.ToString(), _classes.Explicit, _classes.Scripts);
    }

    private TokenizerFormatException Error(string what) => new(where, what);

    private bool More => _at < expression.Length;

    // Up to the end or to the ')' that closes the group around.
    private void Alternatives(bool ignoreCase, int depth)
    {
        if (depth > MaxDepth)
            throw Error($"groups nested deeper than {MaxDepth}");
        while (More && expression[_at] != ')')
        {
            if (expression[_at] == '|')
            {
                _output.Append('|');
                _at++;
                continue;
            }
            var atom = _output.Length;
            if (Atom(ref ignoreCase, depth))
                Quantifiers(atom);
        }
    }

    // False if what was read cannot be repeated: a flag or a comment.
    private bool Atom(ref bool ignoreCase, int depth)
    {
        var c = expression[_at];
        switch (c)
        {
            case '(':
                return Group(ref ignoreCase, depth);
            case '[':
                _output.Append(_classes.Class(expression, ref _at, ignoreCase));
                return true;
            case '\\':
                Escape(ignoreCase);
                return true;
            case '^' or '$':
                _output.Append("(?m:").Append(c).Append(')');
                _at++;
                return true;
            case '.':
                _output.Append(c);
                _at++;
                return true;
            case '*' or '+' or '?':
                throw Error($"nothing to repeat at character {_at}");
            default:
                _output.Append(_classes.Literal(Code(), ignoreCase));
                return true;
        }
    }

    private int Code()
    {
        if (char.IsSurrogate(expression[_at]))
            throw Error($"a character beyond U+FFFF at character {_at}, which is not supported in expressions");
        return expression[_at++];
    }

    private bool Group(ref bool ignoreCase, int depth)
    {
        var inner = ignoreCase;
        var rest = expression.AsSpan(_at);
        if (!rest.StartsWith("(?", StringComparison.Ordinal))
            Open("(", "(?:");
        else if (Openers.FirstOrDefault(o => expression.AsSpan(_at).StartsWith(o, StringComparison.Ordinal)) is { } opener)
            Open(opener, opener);
        else if (rest.StartsWith("(?#", StringComparison.Ordinal))
        {
            var end = rest.IndexOf(')');
            _at = end < 0 ? throw Error("a comment without end") : _at + end + 1;
            return false;
        }
        else if (rest.StartsWith("(?<", StringComparison.Ordinal) && rest.IndexOf('>') is > 0 and var name)
            Open(rest[..(name + 1)].ToString(), "(?:");
        else if (!Flags(ref inner))
        {
            // Flags without a group hold to the end of the group around.
            ignoreCase = inner;
            return false;
        }
        Alternatives(inner, depth + 1);
        if (!More)
            throw Error("a '(' without ')'");
        _at++;
        _output.Append(')');
        return true;
    }

    private static readonly string[] Openers = ["(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>"];

    private void Open(string read, string written)
    {
        _at += read.Length;
        _output.Append(written);
    }

    // (?im-im) or (?im-im: ; true if a group is open. Ruby's m is what .NET calls s.
    private bool Flags(ref bool ignoreCase)
    {
        var on = true;
        var written = new StringBuilder("(?");
        for (_at += 2; More; _at++)
        {
            switch (expression[_at])
            {
                case '-':
                    on = false;
                    written.Append('-');
                    break;
                case 'i':
                    ignoreCase = on;
                    written.Append('i');
                    break;
                case 'm':
                    written.Append('s');
                    break;
                case ':' or ')':
                    var group = expression[_at++] == ':';
                    _output.Append(written).Append(group ? ':' : ')');
                    return group;
                default:
                    throw Error($"the group option '{expression[_at]}', which is not supported");
            }
        }
        throw Error("a '(?' without end");
    }

    private void Escape(bool ignoreCase)
    {
        if (_at + 1 >= expression.Length)
            throw Error("a '\\' at the end");
        var c = expression[_at + 1];
        switch (c)
        {
            case 'b':
                Open(@"\b", WordStart + "|" + WordEnd);
                break;
            case 'B':
                Open(@"\B", $"{NotWordEdge}|(?<![{WordCharacters.OnigurumaClass}])(?![{WordCharacters.OnigurumaClass}]))");
                break;
            case 'A' or 'z' or 'Z' or 'G':
                Open(@"\A", @"\" + c);
                break;
            default:
                _output.Append(_classes.Escape(expression, ref _at, ignoreCase));
                break;
        }
    }

    private void Quantifiers(int atom)
    {
        while (More && Quantifier() is { } quantifier)
        {
            // A second quantifier repeats the first; ? and + right after one make it lazy or possessive.
            var possessive = More && expression[_at] == '+' && !quantifier.EndsWith('}');
            if (possessive)
            {
                _at++;
                _output.Insert(atom, "(?>").Append(quantifier).Append(')');
            }
            else
            {
                _output.Append(quantifier);
                if (More && expression[_at] == '?')
                    _output.Append(expression[_at++]);
            }
            if (More && expression[_at] is '*' or '+' or '?' or '{')
                _output.Insert(atom, "(?:").Append(')');
        }
    }

    private string? Quantifier()
    {
        if (expression[_at] is '*' or '+' or '?')
            return expression[_at++].ToString();
        if (expression[_at] != '{')
            return null;
        var end = expression.IndexOf('}', _at);
        var parts = end < 0 ? [] : expression[(_at + 1)..end].Split(',');
        if (parts.Length is not (1 or 2) || !parts.All(p => p.Length <= 6 && p.All(char.IsAsciiDigit)) || parts.All(p => p.Length == 0))
            return Brace();
        _at = end + 1;
        if (parts.Any(p => p.Length > 0 && int.Parse(p, CultureInfo.InvariantCulture) > 1000))
            throw Error("a repetition of more than 1000 times");
        return parts.Length == 1 ? $"{{{parts[0]}}}" : $"{{{(parts[0].Length == 0 ? "0" : parts[0])},{parts[1]}}}";
    }

    // A brace that is no quantifier stands for itself.
    private string? Brace()
    {
        _output.Append(@"\{");
        _at++;
        return null;
    }
}
