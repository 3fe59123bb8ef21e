using System.Text;

namespace Hone.Tokenization.Text;

/// <summary>
/// A text on its way through normalizers and pre-tokenizers: UTF-16 units and, for each, the range of the original text that it came
/// from. Positions in the original are UTF-16 units too. The rules by which a changed character inherits its range are those of the
/// reference library, on which the offsets of its tokens rest.
/// </summary>
internal sealed class AlignedText
{
    private char[] _chars;
    private int[] _starts;
    private int[] _ends;

    private AlignedText(int capacity, int originalStart)
    {
        _chars = new char[capacity];
        _starts = new int[capacity];
        _ends = new int[capacity];
        OriginalStart = originalStart;
    }

    /// <summary>The piece of the original that starts at a position, each character aligned with itself.</summary>
    public static AlignedText FromOriginal(ReadOnlySpan<char> text, int originalStart)
    {
        var result = new AlignedText(text.Length, originalStart);
        for (var i = 0; i < text.Length; i++)
        {
            var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
            var start = originalStart + i;
            result.AppendUnit(text[i], start, start + length);
            if (length == 2)
                result.AppendUnit(text[++i], start, start + length);
        }
        return result;
    }

    /// <summary>An empty text to be filled from another one.</summary>
    public static AlignedText Empty(int capacity, int originalStart) => new(Math.Max(capacity, 4), originalStart);

    /// <summary>Where the piece of the original begins that this text was made from.</summary>
    public int OriginalStart { get; }

    public int Length { get; private set; }

    public ReadOnlySpan<char> Chars => _chars.AsSpan(0, Length);

    /// <summary>Where the original begins of which a unit was made.</summary>
    public int StartOf(int unit) => _starts[unit];

    /// <summary>Where the original ends of which a unit was made.</summary>
    public int EndOf(int unit) => _ends[unit];

    /// <summary>The original of a range; of an empty range, an empty range.</summary>
    public (int Start, int End) Original(int start, int length) =>
        length > 0 ? (_starts[start], _ends[start + length - 1])
        : start < Length ? (_starts[start], _starts[start])
        : Length > 0 ? (_ends[Length - 1], _ends[Length - 1]) : (OriginalStart, OriginalStart);

    public void AppendUnit(char unit, int start, int end)
    {
        if (Length == _chars.Length)
        {
            var capacity = Math.Max(16, checked(Length * 2));
            Array.Resize(ref _chars, capacity);
            Array.Resize(ref _starts, capacity);
            Array.Resize(ref _ends, capacity);
        }
        _chars[Length] = unit;
        _starts[Length] = start;
        _ends[Length++] = end;
    }

    /// <summary>Appends a character that came from a range of the original.</summary>
    public void Append(Rune rune, int start, int end)
    {
        Span<char> units = stackalloc char[2];
        var count = rune.EncodeToUtf16(units);
        for (var i = 0; i < count; i++)
            AppendUnit(units[i], start, end);
    }

    /// <summary>Appends units of another text as they are.</summary>
    public void AppendFrom(AlignedText source, int start, int length)
    {
        for (var i = start; i < start + length; i++)
            AppendUnit(source._chars[i], source._starts[i], source._ends[i]);
    }

    /// <summary>Appends a text whose every character takes the range that the unit before a position of the source has.</summary>
    public void AppendAligned(string text, AlignedText source, int before)
    {
        var (start, end) = before > 0 ? (source._starts[before - 1], source._ends[before - 1]) : (OriginalStart, OriginalStart);
        foreach (var unit in text)
            AppendUnit(unit, start, end);
    }
}
