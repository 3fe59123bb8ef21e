using Hone.Cpu.Kernels.Linear;
using Hone.Cpu.Memory;

namespace Hone.Cpu.Packing;

/// <summary>
/// A matrix [Outputs, Inputs] in the packed layout of its format: groups of 16 output rows, interleaved so that a product needs no horizontal sums.
/// Lives outside the garbage-collected heap. Every output has one order of additions, whatever the number of rows, groups or threads.
/// </summary>
public sealed unsafe partial class PackedMatrix : IDisposable
{
    /// <summary>Output rows of a group.</summary>
    public const int GroupRows = 16;

    private readonly PackedLayout _layout;
    private readonly AlignedMemory _memory;
    private readonly long _groupBytes;
    private readonly LinearKernel _kernel;

    private PackedMatrix(PackedLayout layout, int outputs, int inputs, Profile profile, Isa isa)
    {
        _layout = layout;
        Outputs = outputs;
        Inputs = inputs;
        Groups = (outputs + GroupRows - 1) / GroupRows;
        _groupBytes = layout.GroupBytes(inputs);
        _memory = new AlignedMemory(checked(_groupBytes * Groups));
        _kernel = layout.Kernel(profile, isa);
    }

    /// <summary>Width of y. Stacked by groups, it counts the padding of each part's last group, whose outputs are zero.</summary>
    public int Outputs { get; }

    /// <summary>Width of x.</summary>
    public int Inputs { get; }

    /// <summary>⌈Outputs / 16⌉.</summary>
    public int Groups { get; }

    /// <summary>Bytes of the packed form, padding included.</summary>
    public long Bytes => _memory.Bytes;

    /// <summary>The packed format, e.g. <c>Q4_1</c>.</summary>
    public string Format => _layout.Name;

    /// <summary>What <see cref="Multiply"/> takes.</summary>
    public ActivationForm Input => _kernel.Form;

    /// <summary>Bytes of scratch that a <see cref="Multiply"/> needs, 64-byte aligned, one for each thread.</summary>
    public const int ScratchBytes = LinearKernel.ScratchBytes;

    /// <summary>y[:, 16·first .. 16·(first + count)) for all rows of x. Threads may compute different groups at the same time.</summary>
    /// <param name="x">[M, Inputs] in the form <see cref="Input"/>.</param>
    /// <param name="firstGroup">First group of 16 outputs.</param>
    /// <param name="groupCount">Number of groups.</param>
    /// <param name="y">Where the outputs go.</param>
    /// <param name="scratch"><see cref="ScratchBytes"/> of the calling thread's own.</param>
    public void Multiply(in Activations x, int firstGroup, int groupCount, in Destination y, byte* scratch)
    {
        if (x.Width != Inputs || x.Form != Input)
            throw new ArgumentException($"Activations {x.Form} of width {x.Width} for a {Format} matrix that takes {Input} of width {Inputs}.");
        if (firstGroup < 0 || groupCount < 0 || firstGroup > Groups - groupCount)
            throw new ArgumentOutOfRangeException(nameof(firstGroup), $"Groups {firstGroup} … {firstGroup + groupCount} of {Groups}.");
        _kernel.Multiply(new PackedGroups(_layout, _memory.Pointer, _groupBytes, Outputs, Inputs), x, firstGroup, groupCount, y, scratch);
    }

    /// <summary>Dequantizes one row: an embedding's look-up. Allocates nothing.</summary>
    /// <param name="row">0 … Outputs.</param>
    /// <param name="values">[Inputs].</param>
    public void ReadRow(int row, Span<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Outputs);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, Inputs);
        _layout.ReadRow(_memory.Pointer + row / GroupRows * _groupBytes, row % GroupRows, values);
    }

    public void Dispose() => _memory.Dispose();
}
