namespace Hone.Tokenization.Models;

/// <summary>SentencePiece's Unigram: of all ways to cut a piece into tokens, the one with the best sum of scores (log-probabilities).</summary>
internal sealed class UnigramModel : ITokenModel
{
    // What an unknown character costs beyond the worst token; SentencePiece's constant.
    private const double UnknownPenalty = 10;

    private readonly double[] _scores;
    private readonly int? _unknownId;
    private readonly double _unknownScore;
    private readonly int[]? _bytes;
    private readonly VocabularyTrie _trie = new();

    public UnigramModel(Vocabulary vocabulary, double[] scores, int? unknownId, bool byteFallback)
    {
        Vocabulary = vocabulary;
        _scores = scores;
        _unknownId = unknownId;
        _unknownScore = (scores.Length == 0 ? 0 : scores.Min()) - UnknownPenalty;
        _bytes = byteFallback ? vocabulary.ByteTokens() : null;
        for (var id = 0; id < vocabulary.Size; id++)
        {
            if (vocabulary.TokenOf(id) is { Length: > 0 } token)
                _trie.Add(token, id);
        }
    }

    public Vocabulary Vocabulary { get; }

    public void Tokenize(ReadOnlySpan<char> piece, TokenSink output)
    {
        var best = BestPaths(piece);
        var tokens = new List<(int Start, int End, int Id)>();
        for (var end = piece.Length; end > 0; end = best[end].Start)
        {
            var (start, id) = (best[end].Start, best[end].Id);
            // Neighbouring unknown characters are one token.
            if (id == _unknownId && tokens.Count > 0 && tokens[^1].Id == id)
                tokens[^1] = (start, tokens[^1].End, id);
            else
                tokens.Add((start, end, id));
        }
        tokens.Reverse();
        var at = 0;
        foreach (var (start, end, id) in tokens)
        {
            var text = piece[start..end];
            var bytes = Utf8Spans.Length(text);
            Add(text, id, at, at + bytes, output);
            at += bytes;
        }
    }

    private void Add(ReadOnlySpan<char> text, int id, int start, int end, TokenSink output)
    {
        if (id != _unknownId)
        {
            output.Add(id, start, end);
            return;
        }
        // A run of unknown characters may spell a token; that was too bad a path, but it is one.
        if (Vocabulary.TryGetId(text, out var whole))
        {
            output.Add(whole, start, end);
            return;
        }
        var utf8 = _bytes is null ? [] : System.Text.Encoding.UTF8.GetBytes(text.ToArray());
        if (_bytes is null || utf8.Any(b => _bytes[b] < 0))
        {
            output.AddUnknown(id, text, start, end);
            return;
        }
        foreach (var value in utf8)
            output.Add(_bytes[value], start, end);
    }

    // For each position the last token of the best way to get there.
    private Node[] BestPaths(ReadOnlySpan<char> piece)
    {
        var best = new Node[piece.Length + 1];
        for (var start = 0; start < piece.Length;)
        {
            var length = char.IsHighSurrogate(piece[start]) && start + 1 < piece.Length ? 2 : 1;
            var here = best[start].Score;
            var single = false;
            var node = 0;
            for (var end = start; end < piece.Length && _trie.TryStep(ref node, piece[end]);)
            {
                end++;
                if (_trie.IdAt(node) is not (>= 0 and var id))
                    continue;
                best[end].Offer(start, id, _scores[id] + here);
                single |= end - start == length;
            }
            if (!single)
            {
                var unknown = _unknownId ?? throw new TokenizationException("A character is not in the vocabulary, which has no unknown token.");
                best[start + length].Offer(start, unknown, _unknownScore + here);
            }
            start += length;
        }
        return best;
    }

    private struct Node
    {
        private bool _reached;

        public int Start { get; private set; }

        public int Id { get; private set; }

        public double Score { get; private set; }

        public void Offer(int start, int id, double score)
        {
            if (_reached && score <= Score)
                return;
            (_reached, Start, Id, Score) = (true, start, id, score);
        }
    }
}
