using System.Runtime.Intrinsics;
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
        var bias = y.Bias == null ? null : y.Bias + first;
        var target = y.Y + firstRow * y.Stride + first;
        var valid = matrix.Valid(group);
        for (var row = 0; row < rows; row++, sums += PackedMatrix.GroupRows, target += y.Stride)
        {
            var n = 0;
            for (; n + Vector256<float>.Count <= valid; n += Vector256<float>.Count)
            {
                var value = Vector256.Load(sums + n);
                if (scales != null)
                    value *= Vector256.Load(scales + n);
                if (bias != null)
                    value += Vector256.Load(bias + n);
                if (y.Add)
                    value += Vector256.Load(target + n);
                value.Store(target + n);
            }
            for (; n < valid; n++)
            {
                var value = scales == null ? sums[n] : sums[n] * scales[n];
                value = bias == null ? value : value + bias[n];
                target[n] = y.Add ? value + target[n] : value;
            }
        }
    }
}
