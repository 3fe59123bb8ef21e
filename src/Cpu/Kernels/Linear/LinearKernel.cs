using Hone.Cpu.Packing;

namespace Hone.Cpu.Kernels.Linear;

/// <summary>The packed groups of one matrix, as a kernel sees them.</summary>
internal readonly unsafe struct PackedGroups(PackedLayout layout, byte* first, long groupBytes, int outputs, int inputs)
{
    public PackedLayout Layout { get; } = layout;

    public int Inputs { get; } = inputs;

    public byte* Group(int index) => first + index * groupBytes;

    /// <summary>Outputs of a group that are no padding.</summary>
    public int Valid(int group) => Math.Min(PackedMatrix.GroupRows, outputs - group * PackedMatrix.GroupRows);
}

/// <summary>A product y = x·Wᵀ over packed groups, in one arithmetic.</summary>
internal abstract unsafe class LinearKernel
{
    /// <summary>Rows of x whose sums are kept at a time.</summary>
    protected const int MaxBlockRows = 256;

    protected const int SumsBytes = MaxBlockRows * PackedMatrix.GroupRows * sizeof(float);
    public const int ScratchBytes = SumsBytes + 24 * 1024;

    public abstract ActivationForm Form { get; }

    public abstract void Multiply(in PackedGroups matrix, in Activations x, int firstGroup, int groupCount, in Destination y, byte* scratch);

    /// <summary>Sums [rows][16] of one group into y, by the formula of <see cref="Destination"/>.</summary>
    protected static void Finish(in PackedGroups matrix, int group, float* sums, int firstRow, int rows, in Destination y)
    {
        var scales = matrix.Layout.RowScales(matrix.Group(group), matrix.Inputs);
        var first = group * PackedMatrix.GroupRows;
        var valid = matrix.Valid(group);
        for (var row = 0; row < rows; row++, sums += PackedMatrix.GroupRows)
        {
            var target = y.Y + (firstRow + row) * y.Stride + first;
            for (var n = 0; n < valid; n++)
            {
                var value = sums[n];
                if (scales != null)
                    value *= scales[n];
                if (y.Bias != null)
                    value += y.Bias[first + n];
                target[n] = y.Add ? value + target[n] : value;
            }
        }
    }
}
