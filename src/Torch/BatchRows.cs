using Hone.Models;
using Hone.Models.Graph;
using TorchSharp;
using static TorchSharp.torch;

namespace Hone.Torch;

/// <summary>A batch laid out in rows: for token and source rows each segment's range, ids, positions and token types; which rows are output.</summary>
internal sealed class BatchRows
{
    private readonly long[] tokenIds;
    private readonly long[] sourceIds;
    private readonly long[] tokenTypes;

    public BatchRows(Batch batch)
    {
        var (tokens, sources, ids, types, outputs) = (new List<RowRange>(), new List<RowRange>(), new List<long>(), new List<long>(), new List<long>());
        var source = 0;
        foreach (ref readonly var segment in batch.Segments)
        {
            if (segment.TokenTypes.Length is var given && given != 0 && given != segment.Count)
                throw new ArgumentException($"{given} token types for {segment.Count} tokens.");
            if (segment.First != types.Count)
                throw new ArgumentException($"The segment at token {segment.First} does not follow the one before, which ends at {types.Count}.");
            var length = segment.RopeLength == 0 ? segment.Past + segment.Count : segment.RopeLength;
            tokens.Add(new RowRange(segment.First, segment.Count, segment.Past, length));
            sources.Add(new RowRange(source, segment.Source.Length, 0, segment.Source.Length));
            source += segment.Source.Length;
            foreach (var id in segment.Source.Span)
                ids.Add(id);
            for (var row = 0; row < segment.Count; row++)
            {
                types.Add(given == 0 ? 0 : segment.TokenTypes.Span[row]);
                if (row >= segment.OutputFrom)
                    outputs.Add(segment.First + row);
            }
        }
        Tokens = [.. tokens];
        Sources = [.. sources];
        Outputs = [.. outputs];
        tokenTypes = [.. types];
        sourceIds = [.. ids];
        tokenIds = Array.ConvertAll(batch.Tokens.ToArray(), id => (long)id);
        if (tokenIds.Length != tokenTypes.Length)
            throw new ArgumentException($"{tokenIds.Length} tokens, of which the segments hold {tokenTypes.Length}.");
    }

    /// <summary>Each segment's token rows.</summary>
    public RowRange[] Tokens { get; }

    /// <summary>Each segment's source rows; Count 0 if its source came with an earlier batch, or never.</summary>
    public RowRange[] Sources { get; }

    /// <summary>Token rows that somebody asked for, in order.</summary>
    public long[] Outputs { get; }

    /// <summary>Number of rows of a value.</summary>
    public int Count(Rows rows) => rows switch
    {
        Rows.Token => tokenIds.Length,
        Rows.Source => sourceIds.Length,
        Rows.Output => Outputs.Length,
        Rows.Segment => Tokens.Length,
        Rows.One => 1,
        _ => throw new NotSupportedException($"Rows {rows}."),
    };

    /// <summary>The segments of a value with token or source rows.</summary>
    public RowRange[] Segments(Rows rows) => rows switch
    {
        Rows.Token => Tokens,
        Rows.Source => Sources,
        _ => throw new NotSupportedException($"{rows} rows have no order in time."),
    };

    /// <summary>What an embedding over those rows looks up.</summary>
    public long[] Indices(Rows rows, EmbeddingSource source) => (rows, source) switch
    {
        (Rows.Token, EmbeddingSource.Ids) => tokenIds,
        (Rows.Token, EmbeddingSource.TokenTypes) => tokenTypes,
        (Rows.Source, EmbeddingSource.Ids) => sourceIds,
        (Rows.Source, EmbeddingSource.TokenTypes) => new long[sourceIds.Length],
        _ => [.. Segments(rows).SelectMany(s => Enumerable.Range(s.Past, s.Count)).Select(position => (long)position)],
    };
}
