using Hone.Cpu.Kernels.Attention;
using Hone.Cpu.Memory;
using Hone.Models.Graph;

namespace Hone.Cpu.Pools;

/// <summary>One attention node's part of the pool: [blocks] in the layout of its kernel.</summary>
internal sealed unsafe class KvCache(KvLayout layout, float* pool)
{
    public KvLayout Layout => layout;

    public float* Pool => pool;

    public void Copy(int from, int to)
    {
        var bytes = (long)layout.BlockFloats * sizeof(float);
        Buffer.MemoryCopy(pool + (long)from * layout.BlockFloats, pool + (long)to * layout.BlockFloats, bytes, bytes);
    }
}

/// <summary>
/// Keys and values of all sequences: for each attention node an array of blocks of <see cref="KvLayout.Positions"/> tokens. A block number means the same
/// tokens in every node. Taken once; the system gives pages when they are first written.
/// </summary>
internal sealed unsafe class KvPool : IDisposable
{
    private readonly AlignedMemory memory;
    private readonly Dictionary<string, KvCache> caches = [];

    public KvPool(ModelGraph graph, int blocks)
    {
        var nodes = graph.Nodes.Select(n => n.Op).OfType<Attention>().Where(a => a.Kv is not null).ToArray();
        Count = nodes.Length == 0 ? 0 : blocks;
        BytesPerBlock = nodes.Sum(a => (long)LayoutOf(a).BlockFloats * sizeof(float));
        memory = new AlignedMemory(checked(BytesPerBlock * Count), zeroed: false);
        var next = memory.Pointer;
        foreach (var node in nodes)
        {
            var layout = LayoutOf(node);
            caches[node.Kv!.Name] = new KvCache(layout, (float*)next);
            next += (long)layout.BlockFloats * sizeof(float) * Count;
        }
    }

    /// <summary>Blocks; 0 if the model keeps no KV.</summary>
    public int Count { get; }

    /// <summary>Bytes that one block takes in all nodes together.</summary>
    public long BytesPerBlock { get; }

    public KvCache Of(Attention attention) => caches[attention.Kv!.Name];

    public void Copy(int from, int to)
    {
        if ((uint)from >= (uint)Count || (uint)to >= (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(from), $"Blocks {from} and {to} of a pool of {Count}.");
        foreach (var cache in caches.Values)
            cache.Copy(from, to);
    }

    public void Dispose() => memory.Dispose();

    private static KvLayout LayoutOf(Attention a) => new(a.KvHeads, a.DimK, a.DimV);
}
