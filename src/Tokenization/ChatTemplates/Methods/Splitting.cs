using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Methods;

/// <summary>split, rsplit and partition.</summary>
internal static class Splitting
{
    public static ListValue Split(StringValue value, BoundArguments arguments, RenderContext context)
    {
        var limit = Limit(arguments);
        var parts = new List<StringValue>();
        if (Separator(arguments) is { } separator)
        {
            var start = 0;
            while (parts.Count < limit && value.Text.IndexOf(separator, start, StringComparison.Ordinal) is >= 0 and var found)
            {
                context.Budget.Step();
                parts.Add(value.Substring(start, found - start));
                start = found + separator.Length;
            }
            parts.Add(value.Substring(start));
            return new ListValue([.. parts]);
        }
        for (var i = SkipSpace(value.Text, 0); i < value.Text.Length;)
        {
            context.Budget.Step();
            var end = parts.Count < limit ? SkipWord(value.Text, i) : Stripping.Strip(value, null, Sides.Right).Text.Length;
            parts.Add(value.Substring(i, end - i));
            i = parts.Count > limit ? value.Text.Length : SkipSpace(value.Text, end);
        }
        return new ListValue([.. parts]);
    }

    public static ListValue SplitRight(StringValue value, BoundArguments arguments, RenderContext context)
    {
        var limit = Limit(arguments);
        var parts = new List<StringValue>();
        var end = value.Text.Length;
        if (Separator(arguments) is { } separator)
        {
            while (parts.Count < limit && value.Text.AsSpan(0, end).LastIndexOf(separator) is >= 0 and var found)
            {
                context.Budget.Step();
                parts.Add(value.Substring(found + separator.Length, end - found - separator.Length));
                end = found;
            }
            parts.Add(value.Substring(0, end));
        }
        else
        {
            while ((end = TrimEnd(value.Text, end, space: true)) > 0)
            {
                context.Budget.Step();
                var start = parts.Count < limit ? TrimEnd(value.Text, end, space: false) : SkipSpace(value.Text, 0);
                parts.Add(value.Substring(start, end - start));
                end = parts.Count > limit ? 0 : start;
            }
        }
        parts.Reverse();
        return new ListValue([.. parts]);
    }

    public static TupleValue Partition(StringValue value, StringValue separator, bool fromEnd)
    {
        if (!separator.IsTrue)
            throw ChatTemplateException.Runtime("empty separator");
        var text = value.Text;
        var found = fromEnd ? text.LastIndexOf(separator.Text, StringComparison.Ordinal) : text.IndexOf(separator.Text, StringComparison.Ordinal);
        var empty = StringValue.Empty.AsMarkup(value.IsMarkup);
        if (found < 0)
            return new TupleValue(fromEnd ? [empty, empty, value] : [value, empty, empty]);
        var middle = value.Substring(found, separator.Text.Length);
        return new TupleValue([value.Substring(0, found), middle, value.Substring(found + separator.Text.Length)]);
    }

    private static int Limit(BoundArguments arguments) => arguments.Int(1, -1) is >= 0 and var limit ? limit : int.MaxValue;

    /// <summary>Null: any white space.</summary>
    private static string? Separator(BoundArguments arguments)
    {
        if (arguments[0] is null or NoneValue)
            return null;
        var separator = arguments.Text(0).Text;
        return separator.Length > 0 ? separator : throw ChatTemplateException.Runtime("empty separator");
    }

    private static int SkipSpace(string text, int i)
    {
        while (i < text.Length && PythonCharacter.IsSpace(text[i]))
            i++;
        return i;
    }

    private static int SkipWord(string text, int i)
    {
        while (i < text.Length && !PythonCharacter.IsSpace(text[i]))
            i++;
        return i;
    }

    private static int TrimEnd(string text, int end, bool space)
    {
        while (end > 0 && PythonCharacter.IsSpace(text[end - 1]) == space)
            end--;
        return end;
    }
}
