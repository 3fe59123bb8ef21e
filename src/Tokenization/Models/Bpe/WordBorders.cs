namespace Hone.Tokenization.Models.Bpe;

/// <summary>
/// Where a piece may be cut before it is encoded, without changing its tokens: between a character and U+2581 if no merge joins a
/// token that ends with the one to a token that begins with the other. SentencePiece models, whose piece is the whole text, so become
/// word by word what they are anyway, and words can be remembered.
/// </summary>
internal sealed class WordBorders
{
    private const char Space = '\u2581';

    private readonly bool[]? _joined;   // by the last UTF-16 unit before U+2581

    public WordBorders(Vocabulary vocabulary, IEnumerable<(int Left, int Right, int Rank, int NewId)> merges, BpeOptions options)
    {
        // First and last character of a piece are special then; and only a U+2581 that is a symbol ends an unknown token.
        if (options.ContinuingSubwordPrefix is not null || options.EndOfWordSuffix is not null || vocabulary.IdOf(Space.ToString()) is null)
            return;
        var odd = new HashSet<int>(vocabulary.ByteTokens());
        if (options.UnknownToken is { } unknown && vocabulary.IdOf(unknown) is { } unknownId)
            odd.Add(unknownId);
        var joined = new bool[0x10000];
        foreach (var (left, right, _, _) in merges)
        {
            if (vocabulary.TokenOf(right) is not [Space, ..])
                continue;
            // A byte's or the unknown token's text says nothing about the character that it stands for.
            if (odd.Contains(left) || vocabulary.TokenOf(left) is not { Length: > 0 } token)
                return;
            joined[token[^1]] = true;
        }
        _joined = joined;
    }

    /// <summary>The end of the word that begins at a position.</summary>
    public int Next(ReadOnlySpan<char> piece, int start)
    {
        if (_joined is null)
            return piece.Length;
        for (var at = start + 1; at < piece.Length; at++)
        {
            if (piece[at] == Space && !_joined[piece[at - 1]])
                return at;
        }
        return piece.Length;
    }
}
