using System.Runtime.Intrinsics;

namespace Hone.Cpu.Kernels.Attention;

/// <summary>
/// Attention over a paged cache. For each query and tile of 64 positions: s = (q·k)·Scale with k in rising order, m = max s, p = e^(s − m), l = Σp in eight
/// strided sums, o = Σ p·v in the order of positions. Tiles are merged in order: m' = max, l = l·e^(m − m') + l_t·e^(m_t − m'), o likewise; y = o / l.
/// So a query's bits do not depend on which queries are computed with it.
/// </summary>
public sealed unsafe partial class AttentionKernel
{
    private const int Tile = KvLayout.Positions;
    private readonly AttentionShape _shape;
    private readonly Isa _isa;

    public AttentionKernel(AttentionShape shape) : this(shape, IsaChoice.Current)
    {
    }

    internal AttentionKernel(AttentionShape shape, Isa isa)
    {
        if (shape.Heads % shape.KvHeads != 0)
            throw new ArgumentException($"{shape.Heads} query heads can't share {shape.KvHeads} kv heads.");
        (_shape, _isa) = (shape, isa);
    }

    public AttentionShape Shape => _shape;

    /// <summary>Bytes of scratch for <see cref="Run"/> on <paramref name="queries"/> queries, 64-byte aligned, one for each thread.</summary>
    public int ScratchBytes(int queries) => checked(queries * _shape.GroupHeads * RowFloats * sizeof(float));

    // Scores [64], the tile's output, the output so far, and the state {m, l} padded.
    private int RowFloats => Tile + 2 * _shape.Kv.ValueStride + 8;

    /// <summary>
    /// Outputs of the query heads of one kv head, for queries [first, first + count). Different heads and queries may be computed at the same time.
    /// </summary>
    public void Run(in AttentionRows rows, int kvHead, int first, int count, byte* scratch)
    {
        var heads = _shape.GroupHeads;
        var width = _shape.Kv.ValueStride;
        var items = count * heads;
        var scores = (float*)scratch;
        var tileSums = scores + items * Tile;
        var sums = tileSums + items * width;
        var states = sums + items * width;
        for (var i = 0; i < items; i++)
        {
            var sink = rows.Sinks == null ? float.NegativeInfinity : rows.Sinks[kvHead * heads + i % heads];
            states[2 * i] = sink;
            states[2 * i + 1] = rows.Sinks == null ? 0 : 1;
        }
        new Span<float>(sums, items * width).Clear();

        var firstTile = FirstVisible(rows.Past + first) / Tile;
        var lastTile = (rows.Past + first + count - 1) / Tile;
        for (var tile = firstTile; tile <= lastTile; tile++)
        {
            var block = rows.Pool + (long)rows.Blocks[tile] * _shape.Kv.BlockFloats;
            OneTile(rows, kvHead, first, items, tile, block, scores, tileSums, states, sums);
        }
        for (var i = 0; i < items; i++)
        {
            var y = rows.Y + (first + i / heads) * rows.YStride + (kvHead * heads + i % heads) * _shape.DimV;
            var l = states[2 * i + 1];
            for (var d = 0; d < _shape.DimV; d++)
                y[d] = sums[i * width + d] / l;
        }
    }

    private int FirstVisible(int position) => _shape.Window == 0 ? 0 : Math.Max(0, position - _shape.Window + 1);

    /// <summary>The tile's positions that the query sees: [from, to), empty if none.</summary>
    private (int From, int To) Visible(int position, int tile) =>
        (Math.Max(FirstVisible(position) - tile * Tile, 0), Math.Min(position + 1 - tile * Tile, Tile));

    private void OneTile(in AttentionRows rows, int kvHead, int first, int items, int tile, float* block, float* scores, float* tileSums, float* states, float* sums)
    {
        var heads = _shape.GroupHeads;
        var width = _shape.Kv.ValueStride;
        var keys = _shape.Kv.Keys(block, kvHead);
        var values = _shape.Kv.Values(block, kvHead);
        for (var i = 0; i < items; i++)
        {
            var (from, to) = Visible(rows.Past + first + i / heads, tile);
            if (from >= to)
                continue;
            var q = rows.Q + (first + i / heads) * rows.QStride + (kvHead * heads + i % heads) * _shape.DimK;
            PortableScores(q, keys, scores + i * Tile);
            var (max, sum) = Softmax(scores + i * Tile, from, to);
            var o = tileSums + i * width;
            new Span<float>(o, width).Clear();
            PortableValues(scores + i * Tile, values, from, to, width, o);
            Merge(max, sum, o, states + 2 * i, sums + i * width, width);
        }
    }

    /// <summary>Raw products to probabilities relative to their maximum, 0 outside [from, to). Returns the maximum and their sum.</summary>
    private (float Max, float Sum) Softmax(float* scores, int from, int to)
    {
        var lanes = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);
        var max = Vector256.Create(float.NegativeInfinity);
        for (var i = 0; i < Tile; i += 8)
        {
            var s = Vector256.Load(scores + i) * Vector256.Create(_shape.Scale);
            if (_shape.Softcap != 0)
                s = Vector256.Create(_shape.Softcap) * VectorMath.Tanh(s / Vector256.Create(_shape.Softcap));
            var index = lanes + Vector256.Create(i);
            var visible = Vector256.GreaterThanOrEqual(index, Vector256.Create(from)) & Vector256.LessThan(index, Vector256.Create(to));
            s = Vector256.ConditionalSelect(visible.AsSingle(), s, Vector256.Create(float.NegativeInfinity));
            s.Store(scores + i);
            max = Vector256.Max(max, s);
        }
        var four = Vector128.Max(max.GetLower(), max.GetUpper());
        four = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        var largest = MathF.Max(four.GetElement(0), four.GetElement(1));
        var sum = Vector256<float>.Zero;
        for (var i = 0; i < Tile; i += 8)
        {
            var p = VectorMath.Exp(Vector256.Load(scores + i) - Vector256.Create(largest));
            p.Store(scores + i);
            sum += p;
        }
        return (largest, VectorMath.Sum(sum));
    }

    private static void Merge(float max, float sum, float* tileSums, float* state, float* sums, int width)
    {
        var largest = MathF.Max(state[0], max);
        var factors = VectorMath.Exp(Vector256.Create(state[0], max, 0, 0, 0, 0, 0, 0) - Vector256.Create(largest));
        var (old, added) = (factors.GetElement(0), factors.GetElement(1));
        state[0] = largest;
        state[1] = MathF.FusedMultiplyAdd(state[1], old, sum * added);
        for (var d = 0; d < width; d += 8)
            Vector256.FusedMultiplyAdd(Vector256.Load(sums + d), Vector256.Create(old), Vector256.Load(tileSums + d) * Vector256.Create(added)).Store(sums + d);
    }
}
