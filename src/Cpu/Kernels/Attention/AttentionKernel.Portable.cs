namespace Hone.Cpu.Kernels.Attention;

public sealed unsafe partial class AttentionKernel
{
    /// <summary>scores[j] = Σ_d q[d]·keys[d][j], d rising.</summary>
    private static void PortableScores(float* q, float* keys, int dim, float* scores)
    {
        for (var j = 0; j < Tile; j++)
        {
            var acc = 0f;
            for (var d = 0; d < dim; d++)
                acc = MathF.FusedMultiplyAdd(q[d], keys[d * Tile + j], acc);
            scores[j] = acc;
        }
    }

    /// <summary>sums[d] = Σ_j p[j]·values[j][d] for j in [from, to), rising.</summary>
    private static void PortableValues(float* p, float* values, int from, int to, int width, float* sums)
    {
        for (var d = 0; d < width; d++)
        {
            var acc = 0f;
            for (var j = from; j < to; j++)
                acc = MathF.FusedMultiplyAdd(p[j], values[j * width + d], acc);
            sums[d] = acc;
        }
    }
}
