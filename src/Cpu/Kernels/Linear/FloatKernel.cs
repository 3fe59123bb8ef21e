using Hone.Cpu.Packing;

namespace Hone.Cpu.Kernels.Linear;

/// <summary>f32 activations: acc = fma(w, x, acc) over k in rising order from 0.</summary>
internal sealed unsafe partial class FloatKernel(Isa isa) : LinearKernel
{
    public override ActivationForm Form => ActivationForm.Float32;

    public override void Multiply(in PackedGroups matrix, in Activations x, int firstGroup, int groupCount, in Destination y, byte* scratch)
    {
        var sums = (float*)scratch;
        var panelScratch = (float*)(scratch + SumsBytes);
        for (var firstRow = 0; firstRow < x.Rows; firstRow += MaxBlockRows)
        {
            var rows = Math.Min(MaxBlockRows, x.Rows - firstRow);
            for (var group = firstGroup; group < firstGroup + groupCount; group++)
            {
                new Span<float>(sums, rows * PackedMatrix.GroupRows).Clear();
                for (var k = 0; k < x.Width; k += PackedLayout.PanelLength)
                {
                    var count = Math.Min(PackedLayout.PanelLength, x.Width - k);
                    var panel = matrix.Layout.Panel(matrix.Group(group), k, count, panelScratch);
                    Accumulate(panel, x.Floats + firstRow * x.Stride + k, x.Stride, rows, count, sums);
                }
                Finish(matrix, group, sums, firstRow, rows, y);
            }
        }
    }

    /// <summary>Adds the panel's k to sums [m][16].</summary>
    private void Accumulate(float* panel, float* x, nint stride, int rows, int count, float* sums)
    {
        if (isa >= Isa.Avx2)
            Avx2Tiles(panel, x, stride, rows, count, sums);
        else
            PortableTiles(panel, x, stride, rows, count, sums);
    }

    internal static void PortableTiles(float* panel, float* x, nint stride, int rows, int count, float* sums)
    {
        for (var m = 0; m < rows; m++, x += stride, sums += PackedMatrix.GroupRows)
            for (var n = 0; n < PackedMatrix.GroupRows; n++)
            {
                var acc = sums[n];
                for (var k = 0; k < count; k++)
                    acc = MathF.FusedMultiplyAdd(panel[k * PackedMatrix.GroupRows + n], x[k], acc);
                sums[n] = acc;
            }
    }
}
