using Hone.Models;
using Hone.Models.Graph;

namespace Hone.TestKit;

/// <summary>
/// A toy model whose next logits are a hash of the whole history, read back through KV blocks and slots: a wrong block, a row
/// that was not copied, a stale checkpoint or a shifted position changes every later token. What a correct engine never does
/// (too large batches, rows written twice, tables that are too short) throws.
/// </summary>
public sealed class StubModelRunner : IModelRunner
{
    private const ulong SlotStart = 0x5107;
    private readonly StubModel model;
    private readonly ulong[] kv;
    private readonly ulong[] slots;
    private readonly HashSet<int> written = [];
    private readonly float[] logits;

    public StubModelRunner(StubModel model)
    {
        this.model = model;
        Graph = model.BuildGraph();
        kv = new ulong[model.BlockCount * model.BlockSize];
        slots = new ulong[model.SlotCount];
        logits = new float[model.MaxOutputRows * model.VocabularySize];
        Array.Fill(kv, 0xDEADul);
        Array.Fill(slots, 0xDEADul);
    }

    public ModelGraph Graph { get; }

    public string Fingerprint => "stub";

    public int VocabularySize => model.VocabularySize;

    public int BlockSize => model.BlockSize;

    public int BlockCount => model.BlockCount;

    public int SlotCount => model.SlotCount;

    public int MaxBatchTokens => model.MaxBatchTokens;

    public int MaxOutputRows => model.MaxOutputRows;

    /// <summary>Called before each batch; may throw, or wait.</summary>
    public Action<Batch>? BeforeRun { get; set; }

    /// <summary>Logits after this token hold a NaN.</summary>
    public int NanAfterToken { get; set; } = -1;

    public bool IsDisposed { get; private set; }

    public ReadOnlySpan<float> Run(Batch batch)
    {
        BeforeRun?.Invoke(batch);
        if (batch.Tokens.Length > MaxBatchTokens || batch.OutputRowCount > MaxOutputRows)
            throw new InvalidOperationException($"A batch of {batch.Tokens.Length} tokens and {batch.OutputRowCount} rows.");
        written.Clear();
        var row = 0;
        foreach (var segment in batch.Segments)
        {
            for (var j = 0; j < segment.Count; j++)
            {
                var token = batch.Tokens[segment.First + j];
                var hash = Forward(segment, segment.Past + j, token);
                if (j >= segment.OutputFrom)
                    Fill(logits.AsSpan(row++ * VocabularySize, VocabularySize), hash, token);
            }
        }
        return logits.AsSpan(0, row * VocabularySize);
    }

    public void CopyBlock(int from, int to) => kv.AsSpan(from * BlockSize, BlockSize).CopyTo(kv.AsSpan(to * BlockSize));

    public void CopySlot(int from, int to) => slots[to] = slots[from];

    public void ResetSlot(int slot) => slots[slot] = SlotStart;

    public float[] ReadSlot(int slot, Models.State.SlotState state) => throw new NotSupportedException("The toy's slots hold a hash.");

    public void Dispose() => IsDisposed = true;

    /// <summary>Advances the states by one token; returns a hash of everything up to it.</summary>
    private ulong Forward(in Segment segment, int position, int token)
    {
        if (token < 0 || token >= VocabularySize)
            throw new InvalidOperationException($"Token {token} of {VocabularySize}.");
        var length = segment.RopeLength == 0 ? segment.Past + segment.Count : segment.RopeLength;
        var hash = Mix((ulong)model.RopeVariant(length) + ((ulong)segment.Adapter << 32));
        if (BlockCount > 0)
        {
            var blocks = segment.Blocks.Span;
            for (var i = 0; i < position; i++)
                hash = Mix(hash ^ kv[Address(blocks, i)]);
            var here = Address(blocks, position);
            if (!written.Add(here))
                throw new InvalidOperationException($"Two rows of a batch go to row {here} of the pool.");
            kv[here] = Mix(hash + (uint)token);
            hash = Mix(hash ^ kv[here]);
        }
        if (SlotCount > 0)
            hash ^= slots[segment.Slot] = Mix(slots[segment.Slot] + (uint)token + 1);
        return Mix(hash + (ulong)position);
    }

    private int Address(ReadOnlySpan<int> blocks, int position) => (blocks[position / BlockSize] * BlockSize) + (position % BlockSize);

    private void Fill(Span<float> row, ulong hash, int token)
    {
        for (var i = 0; i < row.Length; i++)
            row[i] = (Mix(hash + (ulong)i) >> 40) * (10f / (1 << 24));
        if (token == NanAfterToken)
            row[row.Length / 2] = float.NaN;
    }

    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
