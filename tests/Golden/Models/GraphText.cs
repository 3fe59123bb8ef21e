using System.Text;
using Hone.Models.Graph;

namespace Hone.Golden.Models;

/// <summary>A graph as text: two graphs are the same network if their texts are equal.</summary>
internal static class GraphText
{
    public static string Of(ModelGraph graph)
    {
        var text = new StringBuilder();
        foreach (var node in graph.Nodes)
        {
            text.Append($"{node.Id} {node.Scope} {node.Rows} {node.Width} {node.Op.GetType().Name} [{string.Join(' ', node.Inputs.Select(i => i.Id))}]");
            foreach (var property in node.Op.GetType().GetProperties())
                text.Append($" {property.Name}={Describe(property.GetValue(node.Op))}");
            text.Append('\n');
        }
        foreach (var (name, value) in graph.Outputs.OrderBy(o => o.Key, StringComparer.Ordinal))
            text.Append($"{name}: {value.Id}\n");
        return text.ToString();
    }

    private static string Describe(object? value) => value switch
    {
        null => "null",
        RopeSpec rope => $"{rope.HeadDim} {rope.Start} {rope.Dim} {rope.Factor} {rope.Interleaved} {rope.LongAfter} {Numbers(rope.InvFreq)} {Numbers(rope.LongInvFreq)} {Numbers(rope.ByLength?.Invoke(1000))}",
        Weight weight => $"{weight.Name} {weight.Form} {Numbers(weight.Shape)}",
        System.Collections.IEnumerable items and not string => string.Join(",", items.Cast<object>().Select(Describe)),
        _ => value.ToString() ?? "",
    };

    private static string Numbers<T>(T[]? values) => values is null ? "none" : string.Join(",", values);
}
