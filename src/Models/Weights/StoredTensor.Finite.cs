using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Hone.Models.Weights.Formats;

namespace Hone.Models.Weights;

/// <summary>The check of values that a container cannot make: one NaN in a weight would silently become every answer.</summary>
public sealed partial class StoredTensor
{
    /// <summary>Refuses weights and scales that are NaN or infinite, and formats that cannot be decoded. Reads every row once.</summary>
    /// <exception cref="WeightFormatException">Names the file, the tensor and the row.</exception>
    public void RequireFinite()
    {
        float[]? values = null;
        for (var r = 0; r < RowCount; r++)
        {
            var row = Row(r);
            var scales = HalfScales(row.Format);
            bool finite;
            if (scales.Length > 0)
            {
                finite = AreFinite(row.Codes, NumberFormats.BlockBytes(row.Format), scales);
            }
            else
            {
                row.Decode(values ??= new float[RowLength]);
                finite = TensorPrimitives.IsFiniteAll<float>(values);
            }
            if (!finite)
            {
                var (data, index) = Locate(_rows is null ? r : _rows[r]);
                throw data.Error($"row {index} holds a weight or scale that is not a finite number");
            }
        }
    }

    /// <summary>Where in a block its f16 scales lie. The codes of these formats are integers, so nothing else can be NaN. Empty for all other formats.</summary>
    private static ReadOnlySpan<int> HalfScales(NumberFormat format) => format switch
    {
        NumberFormat.Q4_0 or NumberFormat.Q5_0 or NumberFormat.Q8_0 => [0],
        NumberFormat.Q4_1 or NumberFormat.Q5_1 or NumberFormat.Q4_K or NumberFormat.Q5_K => [0, 2],
        NumberFormat.Q6_K => [208],
        _ => [],
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreFinite(ReadOnlySpan<byte> blocks, int blockBytes, ReadOnlySpan<int> scales)
    {
        for (; blocks.Length > 0; blocks = blocks[blockBytes..])
        {
            foreach (var offset in scales)
            {
                if (!Half.IsFinite(BinaryPrimitives.ReadHalfLittleEndian(blocks[offset..])))
                    return false;
            }
        }
        return true;
    }
}
