namespace Hone.Cpu.Kernels.Attention;

/// <summary>What an attention computes: causal; query head h reads kv head h / (Heads / KvHeads).</summary>
/// <param name="Heads">Query heads.</param>
/// <param name="KvHeads">Key and value heads.</param>
/// <param name="DimK">Numbers of a query or key in one head.</param>
/// <param name="DimV">Numbers of a value in one head.</param>
/// <param name="Scale">Factor on q·k.</param>
/// <param name="Window">Keys that a query sees, itself included; 0 = all.</param>
/// <param name="Softcap">s ← c·tanh(s / c); 0 = none.</param>
public readonly record struct AttentionShape(int Heads, int KvHeads, int DimK, int DimV, float Scale, int Window = 0, float Softcap = 0)
{
    /// <summary>Query heads that share a kv head.</summary>
    public int GroupHeads => Heads / KvHeads;

    public KvLayout Kv => new(KvHeads, DimK, DimV);

    /// <summary>Queries that are worth taking together for one kv head.</summary>
    public int QueryTile => Math.Max(1, 48 / GroupHeads);
}
