using Hone.Models.Weights;

namespace Hone.Cpu.Packing;

/// <summary>Plain floats: [k][16 rows].</summary>
internal abstract unsafe class FloatLayout : PackedLayout
{
    public override int BlockLength => 1;

    /// <summary>Stores one number.</summary>
    public abstract void Store(byte* group, int k, int lane, float value);

    public override void PackRow(in StoredRow row, byte* group, int lane)
    {
        var values = new float[row.Length];
        row.Decode(values);
        for (var k = 0; k < values.Length; k++)
            Store(group, k, lane, values[k]);
    }
}
