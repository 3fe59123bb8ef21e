namespace Hone.Cpu.Kernels.Quantize;

public static unsafe partial class Quantizer
{
    private static void PortableRow(float* x, int width, byte* block, int lane)
    {
        for (var end = x + width; x < end; x += Quads.Columns, block += Quads.BlockBytes)
        {
            var max = 0f;
            for (var i = 0; i < Quads.Columns; i++)
                max = MathF.Max(max, MathF.Abs(x[i]));
            var (scale, inverse) = max < Smallest ? (0f, 0f) : (max / 127, 127 / max);
            var codes = (sbyte*)block + lane * Quads.Columns;
            var sums = (int*)(block + Quads.HalfSums) + lane;
            sums[0] = sums[Quads.Rows] = 0;
            for (var i = 0; i < Quads.Columns; i++)
            {
                codes[i] = (sbyte)MathF.Round(x[i] * inverse);
                sums[i / 16 * Quads.Rows] += codes[i];
            }
            ((float*)(block + Quads.Scales))[lane] = scale;
            ((float*)(block + Quads.Sums))[lane] = scale * (sums[0] + sums[Quads.Rows]);
        }
    }
}
