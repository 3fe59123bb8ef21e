using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>The groups in order of execution, with the questions that fusion rules ask.</summary>
internal sealed class GroupList(ModelGraph graph, IEnumerable<Group> groups)
{
    private readonly ILookup<Value, Value> users = graph.Nodes.SelectMany(n => n.Inputs.Distinct().Select(i => (Input: i, User: n))).ToLookup(e => e.Input, e => e.User);
    private readonly HashSet<Value> outputs = [.. graph.Outputs.Values];

    public List<Group> Items { get; } = [.. groups];

    public ModelGraph Graph => graph;

    /// <summary>The one node that uses the value, if there is just one and nothing else needs the value.</summary>
    public Value? OnlyUser(Value value) => !outputs.Contains(value) && users[value].Take(2).ToArray() is [var user] ? user : null;

    /// <summary>True if the operand is a parameter or written by a group before <paramref name="index"/>.</summary>
    public bool IsReadyBefore(int index, Value value)
    {
        var root = Operand.Root(value);
        return root.Rows == Rows.One || Items.Take(index).Any(g => g.Writes.Contains(new Operand(root)));
    }

    /// <summary>Takes a node out of the row group that holds it; false if it is not in one.</summary>
    public bool TakeFromRows(Value node)
    {
        foreach (var group in Items.OfType<RowGroup>())
        {
            if (group.Works.RemoveAll(w => w.Node == node) == 0)
                continue;
            if (group.Works.Count == 0)
                Items.Remove(group);
            return true;
        }
        return false;
    }

    /// <summary>Refuses an order in which a group reads what a later one writes: an error in a rule.</summary>
    public void CheckOrder()
    {
        var written = new HashSet<Operand>();
        foreach (var group in Items)
        {
            var own = group.Writes.ToHashSet();
            foreach (var read in group.Reads.Where(r => !written.Contains(r) && !own.Contains(r)))
                throw new InvalidOperationException($"A step reads {read} of {read.Value.Scope} before it is written.");
            written.UnionWith(own);
        }
    }
}
