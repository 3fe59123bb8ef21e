namespace Hone.Cpu.Kernels.Quantize;

/// <summary>
/// f32 rows to int8 in blocks of 32: d = max|x| / 127, q = round to even of x · (127 / max). A block whose largest magnitude is below
/// 2^-100 is zero. Inputs must be finite.
/// </summary>
public static unsafe partial class Quantizer
{
    private const float Smallest = 7.888609e-31f; // 2^-100; 127 / max stays finite above it

    /// <summary>Writes row <paramref name="row"/> into its place in <paramref name="quads"/>; different rows may be written at the same time.</summary>
    /// <param name="x">[width] f32.</param>
    /// <param name="width">A multiple of 32.</param>
    /// <param name="quads"><see cref="Quads.Bytes"/> of all rows.</param>
    /// <param name="row">Index of the row.</param>
    public static void Row(float* x, int width, byte* quads, int row) => Row(IsaChoice.Current, x, width, quads, row);

    internal static void Row(Isa isa, float* x, int width, byte* quads, int row)
    {
        var block = quads + row / Quads.Rows * Quads.QuadBytes(width);
        if (isa >= Isa.Avx2)
            Avx2Row(x, width, block, row % Quads.Rows);
        else
            PortableRow(x, width, block, row % Quads.Rows);
    }
}
