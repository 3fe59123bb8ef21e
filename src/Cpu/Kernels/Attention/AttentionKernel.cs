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

    /// <summary>One tile for all items (item i: query first + i / heads, head i mod heads of the kv head's), in pairs where both see the same positions.</summary>
    private void OneTile(in AttentionRows rows, int kvHead, int first, int items, int tile, float* block, float* scores, float* tileSums, float* states, float* sums)
    {
        var heads = _shape.GroupHeads;
        var width = _shape.Kv.ValueStride;
        var keys = _shape.Kv.Keys(block, kvHead);
        var values = _shape.Kv.Values(block, kvHead);
        for (var i = 0; i < items; i++)
        {
            var seen = Visible(rows.Past + first + i / heads, tile);
            if (seen.From >= seen.To)
                continue;
            var (s, o, state) = (i * Tile, i * width, 2 * i);
            if (_isa >= Isa.Avx2 && i + 1 < items && Visible(rows.Past + first + (i + 1) / heads, tile) == seen)
            {
                i++;
                Avx2Scores2(Query(rows, kvHead, first, i - 1), Query(rows, kvHead, first, i), keys, _shape.DimK, scores + s, scores + s + Tile);
                var (max, sum) = Softmax(scores + s, seen.From, seen.To, _shape.Scale, _shape.Softcap);
                var (nextMax, nextSum) = Softmax(scores + s + Tile, seen.From, seen.To, _shape.Scale, _shape.Softcap);
                Avx2Values2(scores + s, scores + s + Tile, values, seen.From, seen.To, width, tileSums + o, tileSums + o + width);
                Merge(max, sum, tileSums + o, states + state, sums + o, width);
                Merge(nextMax, nextSum, tileSums + o + width, states + state + 2, sums + o + width, width);
            }
            else
            {
                if (_isa >= Isa.Avx2)
                    Avx2Scores1(Query(rows, kvHead, first, i), keys, _shape.DimK, scores + s);
                else
                    PortableScores(Query(rows, kvHead, first, i), keys, _shape.DimK, scores + s);
                var (max, sum) = Softmax(scores + s, seen.From, seen.To, _shape.Scale, _shape.Softcap);
                if (_isa >= Isa.Avx2)
                    Avx2Values1(scores + s, values, seen.From, seen.To, width, tileSums + o);
                else
                    PortableValues(scores + s, values, seen.From, seen.To, width, tileSums + o);
                Merge(max, sum, tileSums + o, states + state, sums + o, width);
            }
        }
    }

    private float* Query(in AttentionRows rows, int kvHead, int first, int item)
    {
        var heads = _shape.GroupHeads;
        return rows.Q + (first + item / heads) * rows.QStride + (kvHead * heads + item % heads) * _shape.DimK;
    }
}
