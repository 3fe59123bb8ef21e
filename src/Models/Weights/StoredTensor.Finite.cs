using System.Numerics.Tensors;
using Hone.Models.Weights.Formats;

namespace Hone.Models.Weights;

/// <summary>The check of values that a container cannot make: a NaN in a weight would silently become every answer.</summary>
public sealed partial class StoredTensor
{
    /// <summary>Refuses weights and scales that are NaN or infinite, and formats that cannot be decoded. Reads every row once.</summary>
    /// <exception cref="WeightFormatException">Names the file, the tensor and the row.</exception>
    public void RequireFinite()
    {
        var values = new float[RowLength];
        for (var row = 0; row < RowCount; row++)
        {
            ReadRow(row, values);
            if (!TensorPrimitives.IsFiniteAll<float>(values))
            {
                var (data, index) = Locate(_rows is null ? row : _rows[row]);
                throw data.Error($"row {index} holds a weight or scale that is not a finite number");
            }
        }
    }
}
