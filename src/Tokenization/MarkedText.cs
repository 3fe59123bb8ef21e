namespace Hone.Tokenization;

/// <summary>
/// A text that knows which of its characters came from a stranger. A chat template's own characters are trusted; the contents
/// of messages are not: added tokens are recognised only where every one of their characters is trusted.
/// </summary>
/// <param name="Text">The whole text.</param>
/// <param name="Untrusted">
/// Ranges of UTF-16 units in <paramref name="Text"/> that are not trusted, in ascending order, not overlapping. Empty: all is trusted.
/// </param>
public sealed record MarkedText(string Text, IReadOnlyList<Range> Untrusted)
{
    /// <summary>A text that is trusted as a whole: it encodes like the plain string.</summary>
    public static MarkedText Trusted(string text) => new(text, []);

    /// <summary>A text that is trusted nowhere: it holds no added token, whatever it spells.</summary>
    public static MarkedText FromStranger(string text) => new(text, text.Length == 0 ? [] : [0..text.Length]);
}
