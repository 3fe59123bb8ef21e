using System.Text;

namespace Hone.Tokenization.Decoders;

/// <summary>Removes up to so many of a character from the start and the end of each piece.</summary>
internal sealed class StripDecoder(Rune content, int start, int stop) : IDecoder
{
    public Rune Content => content;

    public int Start => start;

    public int Stop => stop;

    public List<string> Decode(List<string> tokens) => [.. tokens.Select(Strip)];

    private string Strip(string token)
    {
        var unit = content.ToString();
        var first = 0;
        for (var i = 0; i < start && string.CompareOrdinal(token, first, unit, 0, unit.Length) == 0; i++)
            first += unit.Length;
        var last = token.Length;
        for (var i = 0; i < stop && last - unit.Length >= first && string.CompareOrdinal(token, last - unit.Length, unit, 0, unit.Length) == 0; i++)
            last -= unit.Length;
        return token[first..last];
    }
}
