namespace Hone.Cpu.Kernels.Attention;

/// <summary>The queries of one sequence, whose keys and values (their own included) lie in its blocks.</summary>
public readonly unsafe ref struct AttentionRows
{
    /// <summary>Queries [count, Heads·DimK].</summary>
    public required float* Q { get; init; }

    /// <summary>Floats from one query to the next.</summary>
    public required nint QStride { get; init; }

    /// <summary>Outputs [count, Heads·DimV].</summary>
    public required float* Y { get; init; }

    /// <summary>Floats from one output to the next.</summary>
    public required nint YStride { get; init; }

    /// <summary>Position of query 0.</summary>
    public required int Past { get; init; }

    /// <summary>The node's first block.</summary>
    public required float* Pool { get; init; }

    /// <summary>The sequence's blocks.</summary>
    public required ReadOnlySpan<int> Blocks { get; init; }

    /// <summary>[Heads] logits without value that take part in the softmax, or null.</summary>
    public float* Sinks { get; init; }
}
