namespace Hone.Models.Weights;

/// <summary>Scales that a checkpoint keeps in tensors beside the codes.</summary>
/// <param name="PerRow">One factor for each row [rows] or [rows, 1] (fp8 per channel).</param>
/// <param name="PerBlock">One fp8 (e4m3) factor for each 16 codes [rows, columns / 16] (nvfp4).</param>
/// <param name="Divisor">A number that divides every block scale: compressed-tensors' <c>weight_global_scale</c>.</param>
internal sealed record TensorScales(StoredTensor? PerRow = null, StoredTensor? PerBlock = null, float Divisor = 1)
{
    public StoredRow Apply(StoredRow row, int index)
    {
        Span<float> scale = [1f];
        PerRow?.ReadRow(index, scale);
        return row with
        {
            Scale = scale[0],
            BlockScaleCodes = PerBlock is null ? default : PerBlock.Row(index).Codes,
            BlockScaleDivisor = Divisor,
        };
    }
}
