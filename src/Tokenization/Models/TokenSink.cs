namespace Hone.Tokenization.Models;

/// <summary>Collects the tokens of a piece: ids and, if wanted, which bytes of the piece's UTF-8 form each one stands for.</summary>
internal sealed class TokenSink(bool wantSpans)
{
    public List<int> Ids { get; } = [];

    /// <summary>For each id the first byte and the one after the last; null if not wanted.</summary>
    public List<(int Start, int End)>? Spans { get; } = wantSpans ? [] : null;

    /// <summary>The texts of tokens, by position, that are not those of their ids: unknown stretches, for models that keep them. Null if not wanted.</summary>
    public Dictionary<int, string>? Texts { get; } = wantSpans ? [] : null;

    public void Add(int id, int start, int end)
    {
        Ids.Add(id);
        Spans?.Add((start, end));
    }

    public void AddUnknown(int id, ReadOnlySpan<char> text, int start, int end)
    {
        Texts?.Add(Ids.Count, text.ToString());
        Add(id, start, end);
    }
}
