using System.Numerics;
using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Methods;

/// <summary>find, count, startswith and their kin: arguments are what to look for, then an optional start and end in code points.</summary>
internal static class Searching
{
    public static int Find(StringValue value, BoundArguments arguments) => Position(value, arguments, (text, part) => text.IndexOf(part, StringComparison.Ordinal));

    public static int FindLast(StringValue value, BoundArguments arguments) => Position(value, arguments, (text, part) => text.LastIndexOf(part, StringComparison.Ordinal));

    public static IntValue RequireFound(int position) => position >= 0 ? IntValue.Of(position) : throw ChatTemplateException.Runtime("substring not found");

    public static int Count(StringValue value, BoundArguments arguments)
    {
        if (Window(value, arguments) is not var (start, end))
            return 0;
        var part = arguments.Text(0).Text;
        var text = value.Text.AsSpan(start, end - start);
        return part.Length == 0 ? CodePoints.Count(text.ToString()) + 1 : text.Count(part);
    }

    public static bool HasAffix(StringValue value, BoundArguments arguments, bool atStart)
    {
        if (arguments[0] is not (StringValue or TupleValue))
            throw ChatTemplateException.Runtime($"{(atStart ? "startswith" : "endswith")} first arg must be str or a tuple of str, not {arguments[0]!.TypeName}");
        if (Window(value, arguments) is not var (start, end))
            return false;
        Value[] affixes = arguments[0] is TupleValue tuple ? tuple.Items : [arguments[0]!];
        foreach (var affix in affixes)
        {
            if (affix is not StringValue { Text: var part })
                throw ChatTemplateException.Runtime($"tuple for {(atStart ? "startswith" : "endswith")} must only contain str, not {affix.TypeName}");
            var text = value.Text.AsSpan(start, end - start);
            if (atStart ? text.StartsWith(part, StringComparison.Ordinal) : text.EndsWith(part, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private static int Position(StringValue value, BoundArguments arguments, Func<string, string, int> search)
    {
        var part = arguments.Text(0).Text;
        if (Window(value, arguments) is not var (start, end))
            return -1;
        var found = search(value.Text[start..end], part);
        return found < 0 || value.IsFlat ? (found < 0 ? -1 : start + found) : CodePoints.CountBefore(value.Text, start + found);
    }

    /// <summary>UTF-16 offsets of the part to search; null if it starts behind its end or the text's.</summary>
    private static (int Start, int End)? Window(StringValue value, BoundArguments arguments)
    {
        var length = value.Length!.Value;
        var start = Bound(arguments[1], 0, length, length + 1);
        var end = Bound(arguments[2], length, length, length);
        return start > end ? null : (value.OffsetOf(start), value.OffsetOf(end));
    }

    private static int Bound(Value? bound, int absent, int length, int high)
    {
        if (bound is null or NoneValue)
            return absent;
        if (Numbers.AsInteger(bound) is not { } index)
            throw ChatTemplateException.Runtime("slice indices must be integers or None or have an __index__ method");
        return (int)BigInteger.Clamp(index.Sign < 0 ? index + length : index, 0, high);
    }
}
