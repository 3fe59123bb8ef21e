using Hone.Tokenization.ChatTemplates.Filters;
using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Syntax;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Formatting;

/// <summary>str.format. Fields reach attributes and items as templates do: inside the sandbox.</summary>
internal sealed class BraceFormat
{
    private readonly RenderContext _context;
    private readonly bool _escape;
    private readonly Func<string, Value> _named;
    private readonly IReadOnlyList<Value> _positional;
    private int _next;
    private bool _isManual;

    private BraceFormat(RenderContext context, bool escape, IReadOnlyList<Value> positional, Func<string, Value> named) =>
        (_context, _escape, _positional, _named) = (context, escape, positional, named);

    public static StringValue Apply(StringValue format, Arguments arguments, RenderContext context) => Run(format, new BraceFormat(
        context, format.IsMarkup, arguments.Positional, name => arguments.Find(name) ?? throw Missing(name)), context);

    public static StringValue ApplyMap(StringValue format, Value map, RenderContext context) => Run(format, new BraceFormat(
        context, format.IsMarkup, [], name => map.GetItem(new StringValue(name), context) ?? throw Missing(name)), context);

    private static StringValue Run(StringValue format, BraceFormat formatter, RenderContext context)
    {
        var output = new TextBuilder(context.Budget);
        formatter.Write(format, output, depth: 2);
        return output.ToValue().AsMarkup(format.IsMarkup);
    }

    /// <param name="depth">How deep fields may stand inside of specifications.</param>
    private void Write(StringValue format, TextBuilder output, int depth)
    {
        if (depth == 0)
            throw ChatTemplateException.Runtime("Max string recursion exceeded");
        var text = format.Text;
        for (var i = 0; i < text.Length;)
        {
            var brace = text.AsSpan(i).IndexOfAny('{', '}');
            var end = brace < 0 ? text.Length : i + brace;
            output.Append(format, i, end - i);
            if (end == text.Length)
                return;
            if (end + 1 < text.Length && text[end + 1] == text[end])
            {
                output.Append(format, end, 1);
                i = end + 2;
                continue;
            }
            if (text[end] == '}')
                throw ChatTemplateException.Runtime("Single '}' encountered in format string");
            i = FieldEnd(text, end + 1);
            WriteField(format.Substring(end + 1, i - end - 1), output, depth);
            i++;
        }
    }

    /// <summary>The index of the brace that closes the field which begins at <paramref name="i"/>.</summary>
    private static int FieldEnd(string text, int i)
    {
        for (var depth = 1; i < text.Length; i++)
        {
            if (text[i] == '{')
                depth++;
            else if (text[i] == '}' && --depth == 0)
                return i;
        }
        throw ChatTemplateException.Runtime("expected '}' before end of string");
    }

    private void WriteField(StringValue field, TextBuilder output, int depth)
    {
        _context.Budget.Step();
        var nameEnd = NameEnd(field.Text);
        var specStart = nameEnd;
        var conversion = '\0';
        if (nameEnd < field.Text.Length && field.Text[nameEnd] == '!')
        {
            specStart = nameEnd + 2;
            if (specStart > field.Text.Length || specStart < field.Text.Length && field.Text[specStart] != ':')
                throw ChatTemplateException.Runtime("expected ':' after conversion specifier");
            conversion = field.Text[nameEnd + 1];
        }
        var value = Convert(Resolve(field.Text[..nameEnd]), conversion);
        var spec = new TextBuilder(_context.Budget);
        if (specStart < field.Text.Length)
            Write(field.Substring(specStart + 1), spec, depth - 1);
        var formatted = new TextBuilder(_context.Budget);
        ValueFormat.Write(value, spec.ToValue().Text, formatted, _context);
        var result = formatted.ToValue().AsMarkup(value is StringValue { IsMarkup: true });
        output.Append(_escape ? Escaping.Escape(result, _context.Budget) : result);
    }

    /// <summary>Where the name ends: at a colon or exclamation mark outside of brackets.</summary>
    private static int NameEnd(string field)
    {
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] is ':' or '!')
                return i;
            if (field[i] == '[')
            {
                var close = field.IndexOf(']', i);
                i = close < 0 ? throw ChatTemplateException.Runtime("expected '}' before end of string") : close;
            }
        }
        return field.Length;
    }

    private Value Resolve(string name)
    {
        var first = name.AsSpan().IndexOfAny('.', '[') is >= 0 and var split ? split : name.Length;
        var value = first == 0 && name.Length > 0 ? _named("") : Argument(name[..first]);
        for (var i = first; i < name.Length;)
        {
            var isItem = name[i] == '[';
            var end = isItem ? name.IndexOf(']', i) : name.AsSpan(i + 1).IndexOfAny('.', '[') is >= 0 and var next ? i + 1 + next : name.Length;
            if (end <= i + 1)
                throw ChatTemplateException.Runtime("Empty attribute in format string");
            var key = name[(i + 1)..end];
            value = isItem ? Access.Item(value, Key(key), _context) : Access.Attribute(value, new StringValue(key), _context);
            i = isItem ? end + 1 : end;
            if (isItem && i < name.Length && name[i] is not ('.' or '['))
                throw ChatTemplateException.Runtime("Only '.' or '[' may follow ']' in format field specifier");
        }
        return value;
    }

    private Value Argument(string name)
    {
        if (name.Length > 0 && !name.All(char.IsAsciiDigit))
            return _named(name);
        if (_isManual != name.Length > 0 && (_next > 0 || _isManual))
            throw ChatTemplateException.Runtime("cannot switch between automatic field numbering and manual field specification");
        _isManual = name.Length > 0;
        var index = _isManual ? FormatSpec.Number(name)!.Value : _next++;
        return index < _positional.Count ? _positional[index] : throw ChatTemplateException.Runtime("tuple index out of range");
    }

    private static Value Key(string key) => key.All(char.IsAsciiDigit) ? new IntValue(NumberLiteral.ParseInteger(key)) : new StringValue(key);

    private Value Convert(Value value, char conversion)
    {
        if (conversion == '\0')
            return value;
        if (conversion == 's')
            return value.ToText(_context);
        if (conversion is not ('r' or 'a'))
            throw ChatTemplateException.Runtime($"Unknown conversion specifier {conversion}");
        var output = new TextBuilder(_context.Budget);
        value.WriteRepr(output);
        return output.ToValue();
    }

    private static ChatTemplateException Missing(string name) => ChatTemplateException.Runtime(PythonRepr.Of(name));
}
