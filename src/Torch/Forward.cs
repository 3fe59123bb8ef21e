using System.Runtime.InteropServices;
using Hone.Models.Graph;
using Hone.Torch.States;
using static TorchSharp.torch;

namespace Hone.Torch;

/// <summary>
/// One evaluation of a graph, node by node. Tensors made by a node live in its own dispose scope, its value until its last user has
/// run; the wanted values and what nodes share are left in the scope of the caller.
/// </summary>
internal sealed partial class Forward(ModelGraph graph, Parameters parameters, BatchRows rows, IStates states)
{
    private readonly Tensor?[] values = new Tensor?[graph.Nodes.Count];
    private readonly Dictionary<(RopeSpec Spec, Rows Rows), (Tensor Cos, Tensor Sin)> angles = [];

    /// <summary>Evaluates every node and returns the wanted ones, each [rows, width].</summary>
    public Tensor[] Evaluate(params Value[] wanted)
    {
        var lastUser = LastUsers(wanted);
        foreach (var node in graph.Nodes)
        {
            using (NewDisposeScope())
                values[node.Id] = Evaluate(node).MoveToOuterDisposeScope();
            foreach (var finished in node.Inputs.Append(node).Distinct().Where(v => lastUser[v.Id] <= node.Id))
            {
                values[finished.Id]!.Dispose();
                values[finished.Id] = null;
            }
        }
        return Array.ConvertAll(wanted, value => values[value.Id]!);
    }

    private Tensor Evaluate(Value node)
    {
        try
        {
            var inputs = Array.ConvertAll(node.Inputs, input => values[input.Id]!);
            // Without rows (no source in this batch) there is nothing to compute, only states to keep.
            var value = rows.Count(node.Rows) == 0 && !node.Op.States.Any()
                ? zeros(0, node.Width, parameters.Type)
                : Compute(node, inputs);
            if (value.shape is not [var height, var width] || height != rows.Count(node.Rows) || width != node.Width)
                throw new GraphException($"gave [{string.Join(", ", value.shape)}] instead of [{rows.Count(node.Rows)}, {node.Width}]");
            return Array.Exists(inputs, input => ReferenceEquals(input, value)) ? value.alias() : value;
        }
        catch (Exception e) when (e is GraphException or ExternalException)
        {
            throw new GraphException($"{node.Scope}: node {node.Id}, {node.Op.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>For each node the last node that reads it; wanted ones are read by nobody last.</summary>
    private int[] LastUsers(Value[] wanted)
    {
        var last = new int[graph.Nodes.Count];
        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.Inputs)
                last[input.Id] = node.Id;
        }
        foreach (var value in wanted)
            last[value.Id] = int.MaxValue;
        return last;
    }
}
