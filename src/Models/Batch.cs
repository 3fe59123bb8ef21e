namespace Hone.Models;

/// <summary>
/// One sequence's share of a forward. Its tokens stand at [<see cref="First"/>, First + <see cref="Count"/>) of
/// <see cref="Batch.Tokens"/>; row j has position <see cref="Past"/> + j.
/// </summary>
public readonly record struct Segment
{
    /// <summary>Index of the first token in <see cref="Batch.Tokens"/>.</summary>
    public required int First { get; init; }

    /// <summary>New tokens.</summary>
    public required int Count { get; init; }

    /// <summary>Tokens that the states already hold.</summary>
    public required int Past { get; init; }

    /// <summary>
    /// Numbers of the KV blocks that hold the sequence, in order; covers Past + Count tokens. Position p lives in block
    /// Blocks[p / BlockSize] at row p % BlockSize. Empty if the model keeps no KV.
    /// </summary>
    public ReadOnlyMemory<int> Blocks { get; init; }

    /// <summary>Slot of the recurrent, convolution and cross states; −1 if the model keeps none.</summary>
    public int Slot { get; init; }

    /// <summary>Adapter's number in the runner; 0 = the base model.</summary>
    public int Adapter { get; init; }

    /// <summary>The segment's first row (0 … Count) whose output is wanted; all later rows are wanted too. Count = none.</summary>
    public required int OutputFrom { get; init; }

    /// <summary>Length that length-dependent rope is computed for, fixed at admission; 0 = Past + Count.</summary>
    public int RopeLength { get; init; }

    /// <summary>Encoder-decoders: the source's tokens, given once, when the sequence starts.</summary>
    public ReadOnlyMemory<int> Source { get; init; }

    /// <summary>Encoders: token types of the rows; empty = 0.</summary>
    public ReadOnlyMemory<int> TokenTypes { get; init; }
}

/// <summary>
/// Input of one forward: segments in any order over flattened tokens. A batch is filled, run and cleared by one thread and
/// reused, so that a decode step allocates nothing.
/// </summary>
public sealed class Batch
{
    private readonly List<Segment> segments = [];
    private int[] tokens = new int[256];
    private int tokenCount;

    /// <summary>New tokens of all segments.</summary>
    public ReadOnlySpan<int> Tokens => tokens.AsSpan(0, tokenCount);

    /// <summary>The segments, in the order in which their output rows come.</summary>
    public ReadOnlySpan<Segment> Segments => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(segments);

    /// <summary>Rows of output that this batch asks for: over the segments in order, rows OutputFrom … Count.</summary>
    public int OutputRowCount { get; private set; }

    /// <summary>Appends tokens; returns the index of the first. Call before <see cref="Add"/>.</summary>
    public int Append(ReadOnlySpan<int> newTokens)
    {
        var first = tokenCount;
        if (tokens.Length < first + newTokens.Length)
            Array.Resize(ref tokens, Math.Max(first + newTokens.Length, 2 * tokens.Length));
        newTokens.CopyTo(tokens.AsSpan(first));
        tokenCount += newTokens.Length;
        return first;
    }

    public void Add(in Segment segment)
    {
        if (segment.First < 0 || segment.Count < 0 || segment.First + segment.Count > tokenCount)
            throw new ArgumentException($"Segment of tokens {segment.First} … {segment.First + segment.Count} in a batch of {tokenCount}.");
        if (segment.OutputFrom < 0 || segment.OutputFrom > segment.Count)
            throw new ArgumentException($"OutputFrom {segment.OutputFrom} in a segment of {segment.Count} rows.");
        segments.Add(segment);
        OutputRowCount += segment.Count - segment.OutputFrom;
    }

    public void Clear()
    {
        segments.Clear();
        tokenCount = 0;
        OutputRowCount = 0;
    }
}
