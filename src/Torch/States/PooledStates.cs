using Hone.Models;
using Hone.Models.Graph;
using Hone.Models.State;
using static TorchSharp.torch;

namespace Hone.Torch.States;

/// <summary>
/// The memory behind block and slot numbers. Each KV state is one tensor [blocks · block size, numbers per token], each slot state one
/// [slots, numbers]. Cross states have their source's length and live with the slot of their sequence.
/// </summary>
internal sealed class PooledStates : IStates, IDisposable
{
    private readonly Dictionary<LayerState, Tensor> pools = [];
    private readonly Dictionary<(KvState State, int Slot), Tensor> cross = [];
    private readonly ScalarType type;
    private readonly int blockSize;
    private readonly List<(Tensor Rows, int Past, int Slot)> segments = [];

    public PooledStates(ModelGraph graph, ScalarType type, int blockSize, int blocks, int slots)
    {
        (this.type, this.blockSize) = (type, blockSize);
        foreach (var state in graph.States.Values)
        {
            if (state is KvState { Cross: false } kv)
                pools[kv] = zeros((long)blocks * blockSize, kv.NumbersPerToken, type).DetachFromDisposeScope();
            else if (state is SlotState slot)
                pools[slot] = zeros(slots, slot.Length, type).DetachFromDisposeScope();
        }
    }

    /// <summary>Addresses the segments of the next forward. The tensors made here live in the caller's dispose scope.</summary>
    public void Address(Batch batch)
    {
        segments.Clear();
        foreach (ref readonly var segment in batch.Segments)
        {
            var rows = new long[segment.Blocks.IsEmpty ? 0 : segment.Past + segment.Count];
            for (var p = 0; p < rows.Length; p++)
                rows[p] = (long)segment.Blocks.Span[p / blockSize] * blockSize + p % blockSize;
            segments.Add((tensor(rows), segment.Past, segment.Slot));
        }
    }

    public Tensor Append(KvState state, int segment, Tensor rows)
    {
        var (all, past, _) = segments[segment];
        pools[state].index_copy_(0, all.narrow(0, past, rows.shape[0]), rows);
        return pools[state].index_select(0, all);
    }

    public Tensor Cross(KvState state, int segment, Tensor rows)
    {
        var key = (state, segments[segment].Slot);
        if (rows.shape[0] == 0)
            return cross.TryGetValue(key, out var filled) ? filled : throw new InvalidOperationException($"{state.Name}: slot {key.Slot} has seen no source.");
        Forget(key);
        return cross[key] = rows.clone().DetachFromDisposeScope();
    }

    public Tensor Read(SlotState state, int segment) => Slot(state, segments[segment].Slot);

    public void Write(SlotState state, int segment, Tensor value) => pools[state].select(0, segments[segment].Slot).copy_(value.flatten());

    /// <summary>A copy of one slot in the state's shape.</summary>
    public Tensor Slot(SlotState state, int slot) => pools[state].select(0, slot).reshape(SlotShapes.Shape(state)).clone();

    public void CopyBlock(int from, int to)
    {
        foreach (var pool in pools.Where(p => p.Key is KvState).Select(p => p.Value))
            pool.narrow(0, (long)to * blockSize, blockSize).copy_(pool.narrow(0, (long)from * blockSize, blockSize));
    }

    public void CopySlot(int from, int to)
    {
        if (from == to)
            return;
        foreach (var pool in pools.Where(p => p.Key is SlotState).Select(p => p.Value))
            pool.select(0, to).copy_(pool.select(0, from));
        foreach (var key in cross.Keys.Where(k => k.Slot == to).ToList())
            Forget(key);
        foreach (var (key, value) in cross.Where(c => c.Key.Slot == from).ToList())
            cross[(key.State, to)] = value.clone().DetachFromDisposeScope();
    }

    public void ResetSlot(int slot)
    {
        foreach (var (state, pool) in pools)
        {
            if (state is SlotState s)
                pool.select(0, slot).copy_(SlotShapes.Start(s, type).flatten());
        }
        foreach (var key in cross.Keys.Where(k => k.Slot == slot).ToList())
            Forget(key);
    }

    public void Dispose()
    {
        foreach (var tensor in pools.Values.Concat(cross.Values))
            tensor.Dispose();
        pools.Clear();
        cross.Clear();
    }

    private void Forget((KvState State, int Slot) key)
    {
        if (cross.Remove(key, out var tensor))
            tensor.Dispose();
    }
}
