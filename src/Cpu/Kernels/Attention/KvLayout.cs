namespace Hone.Cpu.Kernels.Attention;

/// <summary>
/// One attention node's keys and values of <see cref="Positions"/> tokens: for each kv head, keys [DimK][64] (a column is a token) and then values [64][padded DimV].
/// A pool is an array of such blocks; a block is one tile of the attention, so tiles are the same however a sequence came to be.
/// </summary>
public readonly record struct KvLayout(int KvHeads, int DimK, int DimV)
{
    /// <summary>Tokens in a block.</summary>
    public const int Positions = 64;

    /// <summary>Numbers in a block.</summary>
    public int BlockFloats => checked(KvHeads * HeadFloats);

    internal int ValueStride => (DimV + 7) & ~7;

    internal int HeadFloats => checked(Positions * (DimK + ValueStride));

    internal unsafe float* Keys(float* block, int head) => block + (nint)head * HeadFloats;

    internal unsafe float* Values(float* block, int head) => Keys(block, head) + Positions * DimK;

    /// <summary>Stores one token's key [KvHeads·DimK] and value [KvHeads·DimV].</summary>
    /// <param name="pool">The node's first block.</param>
    /// <param name="blocks">The sequence's blocks.</param>
    /// <param name="position">The token's position.</param>
    /// <param name="key">Rotated key.</param>
    /// <param name="value">Value.</param>
    public unsafe void Write(float* pool, ReadOnlySpan<int> blocks, int position, float* key, float* value)
    {
        var block = pool + (long)blocks[position / Positions] * BlockFloats;
        var column = position % Positions;
        for (var head = 0; head < KvHeads; head++, key += DimK, value += DimV)
        {
            var keys = Keys(block, head) + column;
            for (var d = 0; d < DimK; d++)
                keys[d * Positions] = key[d];
            new ReadOnlySpan<float>(value, DimV).CopyTo(new Span<float>(Values(block, head) + column * ValueStride, DimV));
        }
    }
}
