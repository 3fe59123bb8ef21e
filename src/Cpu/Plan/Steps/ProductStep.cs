using Hone.Cpu.Kernels.Linear;
using Hone.Cpu.Packing;
using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>One matrix of a product step: where its activations and results lie, and what is done to its columns afterwards.</summary>
internal sealed unsafe class BoundProduct(PackedMatrix matrix, PlanBuffer? packed, View floats, View result, View? bias, ElementOp[] epilogue, BoundProduct? partner)
{
    public PackedMatrix Matrix => matrix;

    public BoundProduct? Partner => partner;

    /// <summary>Columns of groups first … first + count for all rows.</summary>
    public void Run(Forward forward, int rows, int first, int count, int worker, byte* scratch)
    {
        partner?.Run(forward, rows, first, count, worker, scratch);
        var x = packed is not null
            ? Activations.FromQuads(packed.At(0, 0), rows, matrix.Inputs)
            : Activations.FromFloats(floats.Row(0, 0), floats.Stride, rows, matrix.Inputs);
        var y = new Destination(result.Row(0, 0), result.Stride, bias is { } b ? b.Row(0, 0) : null);
        matrix.Multiply(x, first, count, y, scratch);
        if (epilogue.Length == 0)
            return;
        var from = first * PackedMatrix.GroupRows;
        var columns = Math.Min(count * PackedMatrix.GroupRows, matrix.Outputs - from);
        for (var row = 0; row < rows; row++)
        {
            foreach (var op in epilogue)
                op.Run(forward, row, worker, from, columns);
        }
    }
}

/// <summary>Products of one input: items are ranges of columns over all rows.</summary>
internal sealed unsafe class ProductStep(Rows rows, BoundProduct[] products, WorkerScratch scratch) : Step
{
    /// <summary>Largest item: 128 columns, whose results of 512 rows stay in L2 for the epilogue.</summary>
    private const int MaxGroups = 8;

    private readonly BoundProduct[] heads = [.. products.Where(p => !products.Any(other => other.Partner == p))];
    private readonly int groups = products.Where(p => !products.Any(other => other.Partner == p)).Sum(p => p.Matrix.Groups);

    private int GroupsPerItem => Math.Clamp(groups / (6 * scratch.Workers), 1, MaxGroups);

    public override int Items(Forward forward)
    {
        if (Count(forward) == 0)
            return 0;
        var items = 0;
        foreach (var product in heads)
            items += ItemsOf(product);
        return items;
    }

    public override void Run(Forward forward, int item, int worker)
    {
        foreach (var product in heads)
        {
            var items = ItemsOf(product);
            if (item >= items)
            {
                item -= items;
                continue;
            }
            var first = item * GroupsPerItem;
            product.Run(forward, Count(forward), first, Math.Min(GroupsPerItem, product.Matrix.Groups - first), worker, scratch.Of(worker));
            return;
        }
    }

    private int ItemsOf(BoundProduct product) => (product.Matrix.Groups + GroupsPerItem - 1) / GroupsPerItem;

    private int Count(Forward forward) => rows == Rows.Output ? forward.Outputs : forward.Tokens;
}
