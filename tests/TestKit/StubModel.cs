using Hone.Models.Graph;
using Hone.Models.State;

namespace Hone.TestKit;

/// <summary>Sizes of a <see cref="StubModelRunner"/>; no blocks or no slots = a model that keeps none.</summary>
public sealed record StubModel
{
    public int VocabularySize { get; init; } = 97;

    public int BlockSize { get; init; } = 64;

    public int BlockCount { get; init; } = 64;

    public int SlotCount { get; init; }

    public int MaxBatchTokens { get; init; } = 256;

    public int MaxOutputRows { get; init; } = 64;

    /// <summary>Length after which other rope frequencies hold (longrope); 0 = one set for all.</summary>
    public int LongAfter { get; init; }

    /// <summary>Every angle depends on the length (dynamic rope).</summary>
    public bool RecomputesWhole { get; init; }

    /// <summary>A graph that declares these states; its nodes are never run.</summary>
    public ModelGraph BuildGraph()
    {
        var graph = new ModelGraph();
        var x = graph.Root.Embedding("embed", VocabularySize, 4);
        if (LongAfter > 0)
            x = graph.Root.Rope(x, new RopeSpec(4, 0, 4, [1, 1], LongInvFreq: [2, 2], LongAfter: LongAfter));
        if (RecomputesWhole)
            x = graph.Root.Rope(x, new RopeSpec(4, 0, 4, [1, 1], ByLength: length => [length, length]));
        if (BlockCount > 0)
            x = graph.Root.Attention(x, x, x, new Attention(1, 1, 4, 4, 1, AttentionMask.Causal, Kv: new KvState("kv", 1, 4, 4, 0, false)));
        if (SlotCount > 0)
            x = graph.Root.Previous(x, "previous");
        graph.Outputs["logits"] = graph.Root.Linear(graph.Root.OutputRows(x), "head", VocabularySize, role: Role.Head);
        return graph;
    }

    /// <summary>What of a sequence's length the model's results depend on.</summary>
    public int RopeVariant(int length) => RecomputesWhole ? length : LongAfter > 0 && length > LongAfter ? 1 : 0;
}
