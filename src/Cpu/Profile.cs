namespace Hone.Cpu;

/// <summary>Which arithmetic a model runs in. Each is deterministic: the same bits at any batching, chunking and number of threads.</summary>
public enum Profile
{
    /// <summary>f32 activations; weights are dequantized panel by panel.</summary>
    Exact,

    /// <summary>Activations as int8 in blocks of 32 for the formats that have integer products; f32 for the others.</summary>
    Fast,
}
