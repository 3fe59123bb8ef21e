using System.Runtime.Intrinsics;

namespace Hone.Cpu.Kernels;

/// <summary>Causal depthwise convolution of one segment, over a range of channels.</summary>
internal static unsafe class Convolution
{
    /// <summary>
    /// y_t = bias + Σ_j taps[j]·x_{t − kernel + 1 + j}, j ascending, for t in 0 … rows. Rows before the segment come from
    /// <paramref name="state"/> [kernel − 1, width], oldest first, which afterwards holds the last rows of (state, segment).
    /// </summary>
    /// <param name="taps">[kernel, width].</param>
    /// <param name="bias">[width] or null.</param>
    /// <param name="first">First channel; all pointers stand at channel 0.</param>
    public static void Apply(
        float* x, int xStride, float* y, int yStride, int rows, float* taps, float* bias, float* state, int width, int kernel, int first, int count)
    {
        for (var c = first; c < first + count; c += 8)
        {
            var n = Math.Min(8, first + count - c);
            for (var t = 0; t < rows; t++)
            {
                var sum = bias == null ? Vector256<float>.Zero : Load(bias + c, n);
                for (var j = 0; j < kernel; j++)
                {
                    var source = t - kernel + 1 + j;
                    var row = source < 0 ? state + (kernel - 1 + source) * width : x + (nint)source * xStride;
                    sum = Vector256.FusedMultiplyAdd(Load(taps + j * width + c, n), Load(row + c, n), sum);
                }
                if (n == 8)
                    sum.Store(y + (nint)t * yStride + c);
                else
                    Elements.StorePart(sum, y + (nint)t * yStride + c, n);
            }
        }
        Remember(x, xStride, rows, state, width, kernel - 1, first, count);
    }

    /// <summary>The state becomes the last <paramref name="taps"/> rows of (state, x), ascending so that a row is read before it is overwritten.</summary>
    private static void Remember(float* x, int xStride, int rows, float* state, int width, int taps, int first, int count)
    {
        for (var i = 0; i < taps; i++)
        {
            var source = rows - taps + i;
            var row = source < 0 ? state + (taps + source) * width : x + (nint)source * xStride;
            var bytes = count * sizeof(float);
            System.Buffer.MemoryCopy(row + first, state + i * width + first, bytes, bytes);
        }
    }

    private static Vector256<float> Load(float* x, int n) => n == 8 ? Vector256.Load(x) : Elements.LoadPart(x, n);
}
