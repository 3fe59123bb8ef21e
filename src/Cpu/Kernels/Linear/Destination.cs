namespace Hone.Cpu.Kernels.Linear;

/// <summary>Where a product goes: y[m, n] = (Σ_k w[n, k]·x[m, k] + bias[n]) + (add ? y[m, n] : 0), each sum rounded in this order.</summary>
/// <param name="y">y[0, 0], whichever outputs are computed.</param>
/// <param name="stride">Floats from one row to the next.</param>
/// <param name="bias">[Outputs], or null.</param>
/// <param name="add">Adds to what y holds (residual).</param>
public readonly unsafe struct Destination(float* y, nint stride, float* bias = null, bool add = false)
{
    internal float* Y { get; } = y;

    internal nint Stride { get; } = stride;

    internal float* Bias { get; } = bias;

    internal bool Add { get; } = add;
}
