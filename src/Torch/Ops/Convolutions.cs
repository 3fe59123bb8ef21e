using static TorchSharp.torch;

namespace Hone.Torch.Ops;

/// <summary>Operations that look at a few earlier rows of one segment. Both return the output and the rows to keep.</summary>
internal static class Convolutions
{
    /// <param name="x">[T, w].</param>
    /// <param name="tail">[kernel − 1, w]: the rows before x, oldest first.</param>
    /// <param name="taps">[w, 1, kernel].</param>
    /// <param name="bias">[w] or null.</param>
    public static (Tensor Y, Tensor Tail) Conv1d(Tensor x, Tensor tail, Tensor taps, Tensor? bias)
    {
        var (count, kernel) = (x.shape[0], taps.shape[^1]);
        var rows = cat([tail, x], 0);
        var y = rows.narrow(0, 0, count) * taps.select(2, 0).flatten();
        for (var j = 1; j < kernel; j++)
            y = y.Plus(rows.narrow(0, j, count) * taps.select(2, j).flatten());
        return (bias is null ? y : y.Plus(bias), rows.narrow(0, count, kernel - 1));
    }

    /// <summary>y_t = x_{t−1}; <paramref name="last"/> [1, w] is the row before x.</summary>
    public static (Tensor Y, Tensor Last) Previous(Tensor x, Tensor last)
    {
        var rows = cat([last, x], 0);
        return (rows.narrow(0, 0, x.shape[0]), rows.narrow(0, x.shape[0], 1));
    }
}
