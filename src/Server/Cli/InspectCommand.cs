using System.CommandLine;
using System.Text.Json;
using Hone.Cpu;
using Hone.Models;
using Hone.Models.Graph;
using Command = System.CommandLine.Command;

namespace Hone.Server.Cli;

/// <summary><c>hone inspect</c>: what a model is made of, node by node, and how the Cpu backend runs it.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "PATH of the model; without it the model in the box.", DefaultValueFactory = _ => "" };
        var graph = new Option<bool>("--graph") { Description = "Every node of the graph." };
        var plan = new Option<bool>("--plan") { Description = "The Cpu backend's steps, buffers and bytes moved (packs the weights)." };
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var command = new Command("inspect", "Shows what a model is made of and how it is run.") { model, graph, plan, json };
        command.SetAction(result =>
        {
            var location = OneModel.Locate(result.GetValue(model)!);
            using var source = ModelSource.Open(location.Path);
            var summary = Summary.Of(location.Id, source);
            Console.WriteLine(result.GetValue(json) ? JsonSerializer.Serialize(summary, Api.Json.Options) : summary.ToText());
            if (result.GetValue(graph))
                foreach (var node in source.Graph.Nodes)
                    Console.WriteLine(Line(node));
            if (result.GetValue(plan))
            {
                using var runner = CpuRunner.Create(source, new CpuOptions { KvTokens = 64, Slots = 2, MaxBatchTokens = 64 });
                Console.WriteLine($"{runner.WeightBytes:N0} bytes of packed weights, {runner.Plan.WorkingBytes:N0} bytes of activations");
                Console.WriteLine(runner.Plan.Describe());
            }
        });
        return command;
    }

    /// <summary>Number, scope, operation, operands, shape, tensors, states.</summary>
    private static string Line(Value node)
    {
        var weights = string.Join(", ", node.Op.Weights.Select(w => $"{w.Name} [{string.Join("×", w.Shape)}]{(w.Form == Form.Plain ? "" : $" {w.Form}")}"));
        var states = string.Join(", ", node.Op.States.Select(s => s.Name));
        return $"{node.Id,5}  {node.Scope,-34} {node.Op.GetType().Name,-16} ({string.Join(", ", node.Inputs.Select(i => i.Id))}) → [{node.Rows}, {node.Width}]"
            + (weights.Length > 0 ? $"  {weights}" : "") + (states.Length > 0 ? $"  state {states}" : "");
    }

    private sealed record Summary(
        string Id, string Type, long Parameters, long ActiveParameters, long WeightBytes, int ContextLength, int VocabularySize, int Nodes, int Blocks,
        long FlopsPerToken, long KvBytesPerToken, long SlotBytesPerSequence, Dictionary<string, int> Operations)
    {
        public static Summary Of(string id, ModelSource source)
        {
            var cost = new GraphSummary(source.Graph);
            return new Summary(
                id, source.ModelType, cost.Parameters, cost.ActiveParameters, source.WeightBytes, source.Config.ContextLength, source.Config.VocabSize,
                source.Graph.Nodes.Count, source.Graph.Borders.Count, cost.FlopsPerToken(0), sizeof(float) * cost.KvNumbersPerToken, sizeof(float) * cost.SlotNumbers,
                source.Graph.Nodes.GroupBy(n => n.Op.GetType().Name).OrderByDescending(g => g.Count()).ToDictionary(g => g.Key, g => g.Count()));
        }

        public string ToText() => $"""
            {Id}
              type             {Type}
              parameters       {Parameters:N0}, of them active {ActiveParameters:N0}
              weights          {WeightBytes:N0} bytes
              context          {ContextLength:N0} tokens, vocabulary {VocabularySize:N0}
              graph            {Nodes} nodes in {Blocks} blocks: {string.Join(", ", Operations.Select(o => $"{o.Value} {o.Key}"))}
              work             {FlopsPerToken:N0} FLOP for the first token
              state            {KvBytesPerToken:N0} bytes a token, {SlotBytesPerSequence:N0} bytes a sequence
            """;
    }
}
