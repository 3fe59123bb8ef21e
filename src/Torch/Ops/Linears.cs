using Hone.Models.Graph;
using static TorchSharp.torch;

namespace Hone.Torch.Ops;

/// <summary>Table look-up and matrix product.</summary>
internal static class Linears
{
    /// <summary>Rows <paramref name="ids"/> + offset of the table [count, w].</summary>
    public static Tensor Embedding(Tensor table, long[] ids, Embedding op)
    {
        var rows = Array.ConvertAll(ids, id => id + op.Offset);
        foreach (var row in rows)
        {
            if (row < 0 || row >= table.shape[0])
                throw new ArgumentException($"{op.Source} {row - op.Offset} is outside {op.Table.Name}, which has {table.shape[0]} rows from {-op.Offset}.");
        }
        return table.index_select(0, tensor(rows));
    }

    /// <summary>x·Wᵀ + b with W [n, k]; b may be stored [1, 1, n].</summary>
    public static Tensor Apply(Tensor x, Tensor matrix, Tensor? bias) => nn.functional.linear(x, matrix, bias?.flatten());
}
