using Hone.Cpu.Kernels.Quantize;

namespace Hone.Cpu.Kernels.Linear;

/// <summary>What a product reads its activations as.</summary>
public enum ActivationForm
{
    /// <summary>Rows of f32.</summary>
    Float32,

    /// <summary><see cref="Quads"/>.</summary>
    Int8,
}

/// <summary>[Rows, Width] activations in one of the two forms.</summary>
public readonly unsafe struct Activations
{
    public ActivationForm Form { get; private init; }

    public int Rows { get; private init; }

    public int Width { get; private init; }

    internal float* Floats { get; private init; }

    internal nint Stride { get; private init; }

    internal byte* Blocks { get; private init; }

    /// <param name="x">First number of the first row.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="width">Numbers in a row.</param>
    public static Activations FromFloats(float* x, nint stride, int rows, int width) =>
        new() { Form = ActivationForm.Float32, Floats = x, Stride = stride, Rows = rows, Width = width };

    /// <param name="quads">As <see cref="Quantizer.Row"/> writes them.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="width">Numbers in a row, a multiple of 32.</param>
    public static Activations FromQuads(byte* quads, int rows, int width) =>
        new() { Form = ActivationForm.Int8, Blocks = quads, Rows = rows, Width = width };
}
