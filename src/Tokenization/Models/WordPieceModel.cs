namespace Hone.Tokenization.Models;

/// <summary>BERT's model: the longest token that the rest of the word begins with, again and again; unknown if there is none.</summary>
internal sealed class WordPieceModel : ITokenModel
{
    private readonly string _unknownToken;
    private readonly int _maxInputChars;
    private readonly VocabularyTrie _starts = new();
    private readonly VocabularyTrie _continuations = new();

    public WordPieceModel(Vocabulary vocabulary, string unknownToken, string continuingPrefix, int maxInputCharsPerWord)
    {
        Vocabulary = vocabulary;
        _unknownToken = unknownToken;
        _maxInputChars = maxInputCharsPerWord;
        for (var id = 0; id < vocabulary.Size; id++)
        {
            if (vocabulary.TokenOf(id) is not { Length: > 0 } token)
                continue;
            _starts.Add(token, id);
            if (token.StartsWith(continuingPrefix, StringComparison.Ordinal) && token.Length > continuingPrefix.Length)
                _continuations.Add(token.AsSpan(continuingPrefix.Length), id);
        }
    }

    public Vocabulary Vocabulary { get; }

    public void Tokenize(ReadOnlySpan<char> piece, TokenSink output)
    {
        var first = output.Ids.Count;
        var bytes = 0;
        if (CountRunes(piece) <= _maxInputChars)
        {
            var at = 0;
            while (at < piece.Length && (at == 0 ? _starts : _continuations).Longest(piece[at..], out var id) is > 0 and var length)
            {
                var end = bytes + Utf8Spans.Length(piece.Slice(at, length));
                output.Add(id, bytes, end);
                bytes = end;
                at += length;
            }
            if (at == piece.Length)
                return;
        }
        output.Ids.RemoveRange(first, output.Ids.Count - first);
        output.Spans?.RemoveRange(first, output.Spans.Count - first);
        var unknown = Vocabulary.IdOf(_unknownToken) ?? throw new TokenizationException($"A word cannot be spelled, and the unknown token {Quote.Of(_unknownToken)} is not in the vocabulary.");
        output.Add(unknown, 0, Utf8Spans.Length(piece));
    }

    private static int CountRunes(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        foreach (var unit in text)
            count -= char.IsLowSurrogate(unit) ? 1 : 0;
        return count;
    }
}
