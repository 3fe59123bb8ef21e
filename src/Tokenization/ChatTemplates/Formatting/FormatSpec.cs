using System.Globalization;
using System.Text.RegularExpressions;

namespace Hone.Tokenization.ChatTemplates.Formatting;

/// <summary>Python's format specification: <c>[[fill]align][sign][#][0][width][grouping][.precision][type]</c>.</summary>
internal sealed partial record FormatSpec
{
    public string Fill { get; init; } = " ";

    /// <summary>One of &lt; &gt; ^ =, or null for the default of the type.</summary>
    public char? Align { get; init; }

    /// <summary>'-', '+' or a space.</summary>
    public char Sign { get; init; } = '-';

    public bool Alternate { get; init; }

    public bool ZeroPad { get; init; }

    public int Width { get; init; }

    public char? Grouping { get; init; }

    public int? Precision { get; init; }

    public char? Type { get; init; }

    public static FormatSpec Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
            throw ChatTemplateException.Runtime($"Invalid format specifier '{text}'");
        string? Group(string name) => match.Groups[name] is { Success: true, Length: > 0, Value: var value } ? value : null;
        return new FormatSpec
        {
            Fill = Group("fill") ?? (Group("zero") is null ? " " : "0"),
            Align = Group("align")?[0],
            Sign = Group("sign")?[0] ?? '-',
            Alternate = Group("alternate") is not null,
            ZeroPad = Group("zero") is not null,
            Width = Number(Group("width")) ?? 0,
            Grouping = Group("grouping")?[0],
            Precision = Number(Group("precision")),
            Type = Group("type")?[0],
        };
    }

    /// <summary>Too large a number is over every budget, so it is saturated.</summary>
    public static int? Number(string? digits) => digits is null ? null
        : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    [GeneratedRegex(@"^(?:(?<fill>[\s\S]|[\uD800-\uDBFF][\uDC00-\uDFFF])?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?(?<width>[0-9]+)?(?<grouping>[,_])?(?:\.(?<precision>[0-9]+))?(?<type>[a-zA-Z%])?\z")]
    private static partial Regex Pattern();
}
