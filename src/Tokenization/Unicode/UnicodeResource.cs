using System.Globalization;

namespace Hone.Tokenization.Unicode;

/// <summary>Reads the tables beside this file (written by make-tables.py): lines of a name and ranges of code points.</summary>
internal static class UnicodeResource
{
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(UnicodeResource).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    /// <summary>The set named at the start of a line of classes.txt.</summary>
    public static CodePointSet Class(string name)
    {
        var line = Lines("classes.txt").First(l => l.StartsWith(name + " ", StringComparison.Ordinal));
        return new CodePointSet(Ranges(line.Split(' ')[1..]));
    }

    public static IEnumerable<(int First, int Last)> Ranges(IEnumerable<string> fields) =>
        fields.Select(f => f.Split('-')).Select(p => (Code(p[0]), Code(p[^1])));

    public static int Code(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
