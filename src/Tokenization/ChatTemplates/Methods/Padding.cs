using Hone.Tokenization.ChatTemplates.Filters;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Methods;

/// <summary>ljust, rjust, center, zfill and expandtabs.</summary>
internal static class Padding
{
    /// <param name="sides">Where the fill goes.</param>
    public static StringValue Pad(StringValue value, BoundArguments arguments, Sides sides, Budget budget)
    {
        var fill = arguments.Text(1, new StringValue(" "));
        if (fill.Length != 1)
            throw ChatTemplateException.Runtime("The fill character must be exactly one character long");
        if (value.IsMarkup)
            fill = Escaping.Escape(fill, budget);
        var (left, right) = Split(arguments.Int(0), value.Length!.Value, sides);
        return left + right == 0 ? value
            : new TextBuilder(budget).Repeat(fill, left).Append(value).Repeat(fill, right).ToValue().AsMarkup(value.IsMarkup);
    }

    public static StringValue Center(StringValue value, int width, char fill, Budget budget)
    {
        var (left, right) = Split(width, value.Length!.Value, Sides.Both);
        return new TextBuilder(budget).Repeat(fill, left).Append(value).Repeat(fill, right).ToValue().AsMarkup(value.IsMarkup);
    }

    /// <summary>Zeros between the sign and the digits.</summary>
    public static StringValue ZeroFill(StringValue value, int width, Budget budget)
    {
        var missing = (long)width - value.Length!.Value;
        if (missing <= 0)
            return value;
        var sign = value.Text.Length > 0 && value.Text[0] is '+' or '-' ? 1 : 0;
        return new TextBuilder(budget).Append(value, 0, sign).Repeat('0', missing).Append(value, sign, value.Text.Length - sign).ToValue().AsMarkup(value.IsMarkup);
    }

    public static StringValue ExpandTabs(StringValue value, int size, Budget budget)
    {
        var output = new TextBuilder(budget);
        var column = 0;
        for (var i = 0; i < value.Text.Length;)
        {
            var length = CodePoints.LengthAt(value.Text, i);
            var c = value.Text[i];
            if (c == '\t')
            {
                var blanks = size > 0 ? size - column % size : 0;
                output.Repeat(' ', blanks, value.OriginAt(i));
                column += blanks;
            }
            else
            {
                output.Append(value, i, length);
                column = c is '\n' or '\r' ? 0 : column + 1;
            }
            i += length;
        }
        return output.ToValue().AsMarkup(value.IsMarkup);
    }

    /// <summary>Where the fill is odd, centring puts the larger half left if the width is odd too, as the reference does.</summary>
    private static (long Left, long Right) Split(long width, int length, Sides sides)
    {
        var fill = Math.Max(width - length, 0);
        var left = sides switch
        {
            Sides.Left => fill,
            Sides.Right => 0,
            _ => fill / 2 + (fill & width & 1),
        };
        return (left, fill - left);
    }
}
