namespace Hone.Models.State;

/// <summary>
/// State that one node keeps for each sequence between forwards. To the engine there are two kinds: paged
/// (<see cref="KvState"/>, grows with the sequence, rewinds by truncation) and fixed (all others: one slot per sequence,
/// rewinds by snapshots only).
/// </summary>
/// <param name="Name">Scope and kind, e.g. <c>model.layers.3.self_attn.kv</c>.</param>
public abstract record LayerState(string Name);

/// <summary>
/// Keys and values of an attention node: Heads·(DimK + DimV) numbers a token. LatentAttention keeps one head of
/// DimK = latent + rope numbers and DimV = 0.
/// </summary>
/// <param name="Name"><inheritdoc cref="LayerState" path="/param[@name='Name']"/></param>
/// <param name="Heads">Number of key-value heads.</param>
/// <param name="DimK">Numbers a key has in one head.</param>
/// <param name="DimV">Numbers a value has in one head.</param>
/// <param name="Window">Keys a query sees, itself included; 0 = all.</param>
/// <param name="Cross">Filled once from the encoder's rows and never grown.</param>
public sealed record KvState(string Name, int Heads, int DimK, int DimV, int Window, bool Cross) : LayerState(Name)
{
    /// <summary>Numbers stored for one token.</summary>
    public int NumbersPerToken => Heads * (DimK + DimV);
}

/// <summary>State that a node keeps in a slot of fixed size, f32, one per sequence.</summary>
public abstract record SlotState(string Name) : LayerState(Name)
{
    /// <summary>Numbers in one slot.</summary>
    public abstract int Length { get; }
}

/// <summary>A recurrence's matrix, e.g. [heads, dk, dv]. <paramref name="Start"/> is what each row of the first axis starts from (zero if null).</summary>
public sealed record RecurrentState(string Name, int[] Shape, float[]? Start = null) : SlotState(Name)
{
    /// <inheritdoc/>
    public override int Length => Shape.Aggregate(1, (a, b) => checked(a * b));
}

/// <summary>The last <paramref name="Taps"/> (kernel − 1) input rows of a convolution, oldest first: [Taps, Width].</summary>
public sealed record ConvState(string Name, int Width, int Taps) : SlotState(Name)
{
    /// <inheritdoc/>
    public override int Length => checked(Width * Taps);
}
