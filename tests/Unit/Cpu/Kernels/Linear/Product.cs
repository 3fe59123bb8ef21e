using Hone.Cpu;
using Hone.Cpu.Kernels.Linear;
using Hone.Cpu.Kernels.Quantize;
using Hone.Cpu.Packing;
using Hone.TestKit;

namespace Hone.Unit.Cpu.Kernels.Linear;

/// <summary>Runs a packed product with every buffer the kernel is given ending at a guard page.</summary>
internal static unsafe class Product
{
    /// <summary>y [m, outputs], groups computed <paramref name="groupsAtOnce"/> at a time.</summary>
    public static float[] Run(PackedMatrix matrix, float[] x, int rows, Isa isa, int groupsAtOnce = int.MaxValue, float[]? bias = null, float[]? start = null)
    {
        using var input = new GuardedMemory(matrix.Input == ActivationForm.Int8 ? (int)Quads.Bytes(rows, matrix.Inputs) : x.Length * sizeof(float));
        using var output = new GuardedMemory(rows * matrix.Outputs * sizeof(float));
        using var scratch = new GuardedMemory(PackedMatrix.ScratchBytes);
        var activations = Fill(matrix, x, rows, isa, (byte*)input.Start);
        var y = new Span<float>((float*)output.Start, rows * matrix.Outputs);
        (start ?? new float[y.Length]).CopyTo(y);
        fixed (float* biases = bias)
        {
            var destination = new Destination((float*)output.Start, matrix.Outputs, biases, add: start is not null);
            for (var group = 0; group < matrix.Groups; group += Math.Min(groupsAtOnce, matrix.Groups - group))
                matrix.Multiply(activations, group, Math.Min(groupsAtOnce, matrix.Groups - group), destination, (byte*)scratch.Start);
        }
        return y.ToArray();
    }

    public static float[] RandomActivations(int rows, int width, int seed)
    {
        var random = new Random(seed);
        var x = new float[rows * width];
        for (var i = 0; i < x.Length; i++)
            x[i] = (random.NextSingle() - 0.5f) * (random.Next(50) == 0 ? 100 : 2);
        if (width >= 64)
            Array.Clear(x, 32, 32); // a block of zeros
        return x;
    }

    private static Activations Fill(PackedMatrix matrix, float[] x, int rows, Isa isa, byte* memory)
    {
        if (matrix.Input == ActivationForm.Float32)
        {
            x.CopyTo(new Span<float>((float*)memory, x.Length));
            return Activations.FromFloats((float*)memory, matrix.Inputs, rows, matrix.Inputs);
        }
        fixed (float* source = x)
            for (var row = 0; row < rows; row++)
                Quantizer.Row(isa, source + row * matrix.Inputs, matrix.Inputs, memory, row);
        return Activations.FromQuads(memory, rows, matrix.Inputs);
    }
}
