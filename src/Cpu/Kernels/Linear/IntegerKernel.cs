using Hone.Cpu.Kernels.Quantize;
using Hone.Cpu.Packing;

namespace Hone.Cpu.Kernels.Linear;

/// <summary>
/// Int8 activations: blocks of 32 k in rising order, exact integer dot products inside a block, one f32 sum for each output. One row goes straight from the packed
/// form where there is a kernel for it; more rows from a group unpacked in pieces. Both give the same bits.
/// </summary>
internal abstract unsafe class IntegerKernel : LinearKernel
{
    /// <summary>Bytes of activations meant to stay in the second-level cache while groups pass by.</summary>
    private const int CachedBytes = 224 * 1024;

    public override ActivationForm Form => ActivationForm.Int8;

    public override void Multiply(in PackedGroups matrix, in Activations x, int firstGroup, int groupCount, in Destination y, byte* scratch)
    {
        var sums = (float*)scratch;
        var panel = scratch + SumsBytes;
        var blocks = x.Width / Quads.Columns;
        var quadBytes = Quads.QuadBytes(x.Width);
        var blockRows = (int)Math.Clamp(CachedBytes / quadBytes, 8, MaxBlockRows / Quads.Rows) * Quads.Rows;
        if (x.Rows == 1)
        {
            for (var group = firstGroup; group < firstGroup + groupCount; group++)
            {
                new Span<float>(sums, PackedMatrix.GroupRows).Clear();
                One(matrix.Group(group), x.Blocks, blocks, sums, panel);
                Finish(matrix, group, sums, 0, 1, y);
            }
            return;
        }
        for (var firstRow = 0; firstRow < x.Rows; firstRow += blockRows)
        {
            var rows = Math.Min(blockRows, x.Rows - firstRow);
            var quads = x.Blocks + firstRow / Quads.Rows * quadBytes;
            for (var group = firstGroup; group < firstGroup + groupCount; group++)
            {
                new Span<float>(sums, rows * PackedMatrix.GroupRows).Clear();
                Many(matrix.Group(group), quads, quadBytes, rows, blocks, sums, panel);
                Finish(matrix, group, sums, firstRow, rows, y);
            }
        }
    }

    /// <summary>Adds to sums [16] of row 0.</summary>
    protected virtual void One(byte* group, byte* quads, int blocks, float* sums, byte* panel) => Many(group, quads, 0, 1, blocks, sums, panel);

    /// <summary>Adds to sums [rows][16] of a group.</summary>
    protected abstract void Many(byte* group, byte* quads, long quadBytes, int rows, int blocks, float* sums, byte* panel);
}
