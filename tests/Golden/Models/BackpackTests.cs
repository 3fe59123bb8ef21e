using System.Text.Json;
using Hone.Models;
using Hone.Models.Graph;
using Hone.Models.State;
using Hone.TestKit;
using Hone.Torch;

namespace Hone.Golden.Models;

/// <summary>Sense vectors, their weights α, and interventions on them, said as nodes added to the built graph.</summary>
public class BackpackTests
{
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.WithSenses), MemberType = typeof(Goldens))]
    public void Parts(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        using var source = golden.Source();
        var ids = golden.Tensors.Ids("input_ids_0");
        var alpha = AddAlpha(source.Graph, ids.Length);
        using var runner = Runner(source, alpha.Values);
        var tolerance = golden.Tolerance("parts");

        Near.Equal(golden.Tensors.Floats("sense_vectors"), Run(runner, golden.Tensors.Ids("sense_word_ids"), "senses"), tolerance, "senses");
        Near.Equal(golden.Tensors.Floats("context_hidden_0"), Run(runner, ids, "context"), tolerance, "context");
        Near.Equal(golden.Tensors.Floats("hidden_0"), Run(runner, ids, "hidden"), tolerance, "hidden");
        Near.Equal(BySense(golden.Tensors.Floats("alpha_0"), golden.Tensors.Shape("alpha_0")), Run(runner, ids, alpha.Output), tolerance, "alpha");
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Goldens.WithSenses), MemberType = typeof(Goldens))]
    public void Interventions(string folder)
    {
        using var golden = GoldenModel.Open(folder);
        foreach (var intervention in golden.Json.GetProperty("interventions").EnumerateArray())
        {
            using var source = golden.Source();
            var added = AddIntervention(source.Graph, intervention);
            using var runner = Runner(source, added.Values);
            var ids = golden.Tensors.Ids("input_ids_0");
            var sequence = new SequenceRun(runner);
            var logits = Feed(runner, sequence, ids, added.Output);
            Near.Equal(golden.Tensors.Floats(intervention.GetProperty("tensor").GetString()!), logits, golden.Tolerance("logits"), "logits");
            var loss = -Probabilities.OfLabels(logits, ids.AsSpan(1), runner.VocabularySize).Average();
            Assert.Equal(intervention.GetProperty("loss").GetDouble(), loss, golden.Tolerance("loss"));
            Greedy.Check(
                intervention.GetProperty("greedy"), logits[^runner.VocabularySize..], token => Feed(runner, sequence, [token], added.Output),
                golden.Tolerance("logprobs"), "greedy");
        }
    }

    /// <summary>α as an attention whose values are unit vectors: v of key s is 1 in column s of every sense.</summary>
    private static (string Output, StoredValues Values) AddAlpha(ModelGraph graph, int length)
    {
        var (node, op) = SenseAttention(graph);
        var units = graph.Root.Embedding("added", length, op.Heads * length, EmbeddingSource.Positions);
        graph.Outputs["alpha"] = graph.Root.Attention(node.Inputs[0], node.Inputs[1], units, op with { DimV = length, Kv = Added(op, length) });
        var table = new float[length * op.Heads * length];
        for (var row = 0; row < length; row++)
        {
            for (var sense = 0; sense < op.Heads; sense++)
                table[(row * op.Heads + sense) * length + row] = 1;
        }
        return ("alpha", new StoredValues(table));
    }

    /// <summary>Senses times a table [vocabulary, senses] of factors, ones but for the word and sense that are changed.</summary>
    private static (string Output, StoredValues Values) AddIntervention(ModelGraph graph, JsonElement intervention)
    {
        var (node, op) = SenseAttention(graph);
        var head = (Linear)graph.Outputs["logits"].Op;
        var vocabulary = graph.Outputs["logits"].Width;
        var senses = node.Inputs[2] * graph.Root.Embedding("added", vocabulary, op.Heads);
        var mixed = graph.Root.Attention(node.Inputs[0], node.Inputs[1], senses, op with { Kv = Added(op, op.DimV) });
        graph.Outputs["intervened"] = graph.Root.Linear(graph.Root.OutputRows(mixed.Sum(op.Heads, SumAxis.Across)), head.Matrix, null, Role.Head);
        var table = Enumerable.Repeat(1f, vocabulary * op.Heads).ToArray();
        table[intervention.GetProperty("token_id").GetInt32() * op.Heads + intervention.GetProperty("sense").GetInt32()] = intervention.GetProperty("factor").GetSingle();
        return ("intervened", new StoredValues(table));
    }

    private static (Value Node, Attention Op) SenseAttention(ModelGraph graph)
    {
        var node = graph.Nodes.Single(node => node.Op is Attention && node.Inputs[2] == graph.Outputs["senses"]);
        return (node, (Attention)node.Op);
    }

    private static KvState Added(Attention op, int dimV) => new("added.kv", op.KvHeads, op.DimK, dimV, 0, false);

    private static TorchRunner Runner(ModelSource source, StoredValues added) =>
        TorchModels.Runner(source.Graph, weight => weight.Name == "added.weight" ? added : StoredValues.Of(source.Tensor(weight)), source.WeightsHash);

    private static float[] Run(TorchRunner runner, int[] ids, string output) => Feed(runner, new SequenceRun(runner), ids, output);

    private static float[] Feed(TorchRunner runner, SequenceRun sequence, int[] ids, string output)
    {
        var batch = new Batch();
        sequence.Add(batch, ids);
        return runner.Run(batch, output)[0];
    }

    /// <summary>Golden α [senses, T, T] → rows [T, senses·T].</summary>
    private static float[] BySense(float[] alpha, int[] shape)
    {
        var (senses, length) = (shape[0], shape[1]);
        var rows = new float[alpha.Length];
        for (var sense = 0; sense < senses; sense++)
        {
            for (var t = 0; t < length; t++)
                alpha.AsSpan((sense * length + t) * length, length).CopyTo(rows.AsSpan((t * senses + sense) * length));
        }
        return rows;
    }
}
