using System.Globalization;
using System.Text;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Functions;

/// <summary><c>strftime_now(format)</c>: the local time in C's notation, with English names.</summary>
internal static class Clock
{
    public static Value Now(RenderContext context, BoundArguments arguments)
    {
        var format = arguments.Text(0).Text;
        var now = context.Time.GetLocalNow();
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }
            var isBare = format[i + 1] == '-' && i + 2 < format.Length; // no leading zero
            var letter = format[i + (isBare ? 2 : 1)];
            i += isBare ? 2 : 1;
            var field = Field(now, letter) ?? $"%{(isBare ? "-" : "")}{letter}";
            text.Append(isBare && field.TrimStart('0', ' ') is { Length: > 0 } bare ? bare : isBare && char.IsAsciiDigit(field[0]) ? "0" : field);
            context.Budget.Step();
        }
        return new StringValue(text.ToString(), arguments.Text(0).Origin);
    }

    private static string? Field(DateTimeOffset now, char letter) => letter switch
    {
        'a' => Invariant(now, "ddd"),
        'A' => Invariant(now, "dddd"),
        'b' or 'h' => Invariant(now, "MMM"),
        'B' => Invariant(now, "MMMM"),
        'c' => Invariant(now, "ddd MMM ") + $"{now.Day,2}" + Invariant(now, " HH:mm:ss yyyy"),
        'C' => $"{now.Year / 100:00}",
        'd' => Invariant(now, "dd"),
        'D' or 'x' => Invariant(now, "MM'/'dd'/'yy"),
        'e' => $"{now.Day,2}",
        'f' => Invariant(now, "ffffff"),
        'F' => Invariant(now, "yyyy-MM-dd"),
        'g' => $"{ISOWeek.GetYear(now.DateTime) % 100:00}",
        'G' => $"{ISOWeek.GetYear(now.DateTime)}",
        'H' => Invariant(now, "HH"),
        'I' => Invariant(now, "hh"),
        'j' => $"{now.DayOfYear:000}",
        'm' => Invariant(now, "MM"),
        'M' => Invariant(now, "mm"),
        'n' => "\n",
        'p' => Invariant(now, "tt"),
        'r' => Invariant(now, "hh:mm:ss tt"),
        'R' => Invariant(now, "HH:mm"),
        's' => now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        'S' => Invariant(now, "ss"),
        't' => "\t",
        'T' or 'X' => Invariant(now, "HH:mm:ss"),
        'u' => $"{(now.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)now.DayOfWeek)}",
        'U' => $"{(now.DayOfYear + 6 - (int)now.DayOfWeek) / 7:00}",
        'V' => $"{ISOWeek.GetWeekOfYear(now.DateTime):00}",
        'w' => $"{(int)now.DayOfWeek}",
        'W' => $"{(now.DayOfYear + 6 - ((int)now.DayOfWeek + 6) % 7) / 7:00}",
        'y' => Invariant(now, "yy"),
        'Y' => Invariant(now, "yyyy"),
        'z' or 'Z' => "", // the reference's clock has no time zone
        '%' => "%",
        _ => null,
    };

    private static string Invariant(DateTimeOffset now, string format) => now.ToString(format, CultureInfo.InvariantCulture);
}
