namespace Hone.Tokenization.Models.Bpe;

/// <summary>Byte-pair encoding over characters.</summary>
internal sealed class BpeModel : ITokenModel
{
    private readonly ScratchPool<BpeScratch> _pool;
    private readonly BpeSymbols _symbols;
    private readonly WordBorders _borders;

    /// <param name="vocabulary">All tokens.</param>
    /// <param name="merges">Left id, right id, rank (lower goes first), new id.</param>
    /// <param name="options">The switches.</param>
    public BpeModel(Vocabulary vocabulary, IReadOnlyCollection<(int Left, int Right, int Rank, int NewId)> merges, BpeOptions options)
    {
        Vocabulary = vocabulary;
        Options = options;
        Merges = new MergeTable(merges);
        _symbols = new BpeSymbols(vocabulary, options);
        _borders = new WordBorders(vocabulary, merges, options);
        _pool = new(() => new BpeScratch(Merges));
    }

    public Vocabulary Vocabulary { get; }

    public BpeOptions Options { get; }

    public MergeTable Merges { get; }

    public void Tokenize(ReadOnlySpan<char> piece, TokenSink output)
    {
        if (Options.IgnoreMerges && Vocabulary.TryGetId(piece, out var whole))
        {
            output.Add(whole, 0, output.Spans is null ? 0 : Utf8Spans.Length(piece));
            return;
        }
        var scratch = _pool.Rent();
        var bytes = 0;
        for (var start = 0; start < piece.Length;)
        {
            var end = _borders.Next(piece, start);
            Encode(piece[start..end], scratch, output, ref bytes);
            start = end;
        }
        _pool.Return(scratch);
    }

    // Positions add up from the tokens' lengths, as in the reference library: a character that is dropped shifts those after it.
    private void Encode(ReadOnlySpan<char> word, BpeScratch scratch, TokenSink output, ref int bytes)
    {
        var slot = -1;
        if (output.Spans is null && scratch.Cache.TryGet(word, out var known, out slot))
        {
            output.Ids.AddRange(known);
            return;
        }
        _symbols.Load(word, scratch.Word);
        scratch.Word.Merge();
        var ids = scratch.Word.Ids;
        var lengths = scratch.Word.Lengths;
        for (var i = 0; i < ids.Length; i++)
        {
            output.Add(ids[i], bytes, bytes + lengths[i]);
            bytes += lengths[i];
        }
        scratch.Cache.Store(slot, word, ids);
    }
}
