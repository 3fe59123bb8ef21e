using Hone.Cpu.Kernels.Linear;
using Hone.Models.Weights;

namespace Hone.Cpu.Packing;

/// <summary>
/// How 16 output rows of one format lie in memory: blocks of k in rising order, each holding all 16 rows, then (some formats) 16 f32 row scales.
/// </summary>
internal abstract unsafe class PackedLayout
{
    /// <summary>Values of k that panels are made of at a time; a multiple of every block length.</summary>
    public const int PanelLength = 256;

    public abstract string Name { get; }

    /// <summary>Values of k in a block.</summary>
    public abstract int BlockLength { get; }

    /// <summary>Bytes of a block of 16 rows.</summary>
    public abstract int BlockBytes { get; }

    /// <summary>True if each row has a factor that its sums are multiplied by at the end.</summary>
    public virtual bool HasRowScales => false;

    /// <summary>Bytes of 16 rows of k numbers.</summary>
    public long GroupBytes(int k) => BlocksBytes(k) + (HasRowScales ? PackedMatrix.GroupRows * sizeof(float) : 0);

    /// <summary>The 16 row scales of a group, or null.</summary>
    public float* RowScales(byte* group, int k) => HasRowScales ? (float*)(group + BlocksBytes(k)) : null;

    /// <summary>Writes a stored row into row <paramref name="lane"/> of a zeroed group.</summary>
    public abstract void PackRow(in StoredRow row, byte* group, int lane);

    /// <summary>
    /// The weights [count][16] f32 for k in [first, first + count), row scales left out; <paramref name="first"/> is a multiple of
    /// <see cref="PanelLength"/>, count at most that. Returns <paramref name="scratch"/>, or a pointer into the group if it holds just that.
    /// </summary>
    public abstract float* Panel(byte* group, int first, int count, float* scratch);

    /// <summary>The product for a profile on an instruction set; f32 activations over panels unless the format has integer dot products.</summary>
    public virtual LinearKernel Kernel(Profile profile, Isa isa) => new FloatKernel(isa);

    public void ReadRow(byte* group, int lane, Span<float> values)
    {
        var scratch = stackalloc float[PanelLength * PackedMatrix.GroupRows];
        var scales = RowScales(group, values.Length);
        for (var first = 0; first < values.Length; first += PanelLength)
        {
            var count = Math.Min(PanelLength, values.Length - first);
            var panel = Panel(group, first, count, scratch);
            for (var k = 0; k < count; k++)
                values[first + k] = panel[k * PackedMatrix.GroupRows + lane] * (scales == null ? 1 : scales[lane]);
        }
    }

    private long BlocksBytes(int k) => ((long)k + BlockLength - 1) / BlockLength * BlockBytes;
}
