namespace Hone.Models.Graph;

/// <summary>What a table is indexed by.</summary>
public enum EmbeddingSource { Ids, Positions, TokenTypes }

/// <summary>Row (id + offset) of <c>name.weight</c> [count, width]. Positions are absolute within the sequence; token types are 0 if not given.</summary>
public sealed record Embedding(Weight Table, EmbeddingSource Source, int Offset) : Op
{
    public override IEnumerable<Weight> Weights => [Table];
}

/// <summary>A stored vector of any shape, or literal numbers, as a value of one row.</summary>
public sealed record Param(Weight? Stored, float[]? Literal) : Op
{
    public override IEnumerable<Weight> Weights => Some(Stored);
}

/// <summary>What a linear is for: decides quantization and which adapters target it.</summary>
public enum Role
{
    /// <summary>An ordinary projection: quantized, adapted by default.</summary>
    Linear,

    /// <summary>The output matrix over the vocabulary.</summary>
    Head,

    /// <summary>Expert choice; stays float.</summary>
    Router,

    /// <summary>A few outputs that steer a recurrence or a gate; stays float.</summary>
    Gate,
}

/// <summary>y = x·Wᵀ + b with W [n, k] canonical; b may be stored [1, 1, n].</summary>
public sealed record Linear(Weight Matrix, Weight? Bias, Role Role) : Op
{
    public override IEnumerable<Weight> Weights => Some(Matrix, Bias);
}
