using Hone.Models.Graph;

namespace Hone.Torch;

/// <summary>
/// Sizes that must agree in a graph, checked once when it is loaded: libtorch's own checks come late, speak of shapes without names, and some end the process.
/// </summary>
internal static class GraphChecks
{
    /// <exception cref="GraphException">Names the node and the two sizes.</exception>
    public static void Check(ModelGraph graph)
    {
        foreach (var node in graph.Nodes)
        {
            foreach (var (what, actual, expected) in Sizes(node))
            {
                if (actual != expected)
                    throw new GraphException($"{node.Scope}: node {node.Id}, {node.Op.GetType().Name}: {what} is {actual}, not {expected}.");
            }
        }
    }

    private static IEnumerable<(string What, long Actual, long Expected)> Sizes(Value node)
    {
        var (width, x) = (node.Width, Array.ConvertAll(node.Inputs, input => (long)input.Width));
        return node.Op switch
        {
            Embedding op => [("width of the table", op.Table.CanonicalShape[1], width)],
            Param op => [("count", op.Stored?.Count ?? op.Literal!.Length, width)],
            Linear op => [.. Matrix(op.Matrix, width, x[0]), Vector("bias", op.Bias, width)],
            Norm op => [("remainder of groups", width % op.Group, 0), Vector("gain", op.Gain, GainLength(op.Gain, op, width)), Vector("bias", op.Bias, GainLength(op.Bias, op, width))],
            Add or Mul => [("remainder of widths", x[0] % x[1], 0), ("width", width, x[0])],
            Lerp => [("width of b", x[1], x[0]), ("width of t", x[2], x[0])],
            Scale op => [("sections", op.Sections.Sum(s => (long)s.Width), x[0])],
            Concat => [("width", width, x.Sum())],
            Slice op => [("remainder of groups", x[0] % op.Groups, 0), ("width", width, (long)op.Groups * op.Width)],
            Sum op => [("remainder of groups", x[0] % op.Groups, 0)],
            Rope { Spec: var spec } =>
            [
                ("remainder of heads", x[0] % spec.HeadDim, 0), ("frequencies", spec.InvFreq.Length, spec.Dim / 2),
                ("dimensions", Math.Max(spec.HeadDim, spec.Start + spec.Dim), spec.HeadDim),
            ],
            Attention op =>
            [
                ("width of q", x[0], op.Heads * op.DimK), ("width of k", x[1], op.KvHeads * op.DimK), ("width of v", x[2], op.KvHeads * op.DimV),
                ("remainder of heads", op.Heads % op.KvHeads, 0), Vector("sinks", op.Sinks, op.Heads), Vector("bias table", op.Bias?.Table, (long)(op.Bias?.Buckets ?? 0) * op.Heads),
            ],
            LatentAttention op =>
            [
                ("width of q", x[0], op.Heads * (op.Nope + op.RopeDim)), ("width of latent", x[1], op.Latent), ("width of the key", x[2], op.RopeDim),
                .. Matrix(op.KvB, op.Heads * (op.Nope + op.DimV), op.Latent),
            ],
            Conv1d op => [("width", x[0], width), Vector("taps", op.Taps, (long)width * op.Kernel), Vector("bias", op.Bias, width)],
            LinearAttention op => [.. Recurrence(x, op.KeyHeads, op.Heads), .. Decay(x[3], x[0], op.KeyHeads, op.Heads)],
            DeltaRule op =>
            [
                .. Recurrence(x, op.KeyHeads, op.Heads), ("width of beta", x[3], op.Heads), .. x.Length > 4 ? Decay(x[4], x[0], op.KeyHeads, op.Heads) : [],
            ],
            Wkv7 op => [("remainder of heads", width % op.Heads, 0), .. x.Select(w => ("width", w, (long)width))],
            Wkv4 op => [.. x.Select(w => ("width", w, (long)width)), Vector("time_decay", op.TimeDecay, width), Vector("time_first", op.TimeFirst, width)],
            Route op =>
            [
                ("experts", x[0], width), ("remainder of groups", width % op.Groups, 0), ("top k", Math.Min(op.TopK, width), op.TopK),
                ("top groups", Math.Min(op.TopGroups, op.Groups), op.TopGroups), Vector("correction bias", op.CorrectionBias, width),
            ],
            Experts op => [("experts", x[1], op.Count), ("width", x[0], width), .. Stored(op, width)],
            Activation or Clamp or Previous or OutputRows or Pool => [("width", width, x[0])],
            _ => throw new NotSupportedException($"The torch backend has no operation {node.Op.GetType().Name}."),
        };
    }

    private static (string, long, long) Vector(string what, Weight? weight, long count) => ($"count of {what}", weight?.Count ?? count, count);

    private static (string, long, long)[] Matrix(Weight matrix, long rows, long columns) =>
        [("rows of the matrix", matrix.CanonicalShape[0], rows), ("columns of the matrix", matrix.CanonicalShape[1], columns)];

    /// <summary>Gains and biases stand for one group or for the whole row.</summary>
    private static long GainLength(Weight? weight, Norm op, long width) => weight?.Count == op.Group ? op.Group : width;

    private static (string, long, long)[] Recurrence(long[] x, int keyHeads, int heads) =>
    [
        ("width of k", x[1], x[0]), ("remainder of key heads", x[0] % keyHeads, 0), ("remainder of heads", x[2] % heads, 0), ("heads for each key head", heads % keyHeads, 0),
    ];

    /// <summary>One number a head, or one a key channel of every head.</summary>
    private static (string, long, long)[] Decay(long actual, long keys, int keyHeads, int heads) =>
        [("width of the decay", actual, actual == heads ? heads : keys / keyHeads * heads)];

    private static (string, long, long)[] Stored(Experts op, long width) => op.Stored switch
    {
        SplitExperts s =>
        [
            ("gate matrices", s.Gate.Length, op.Count), ("up matrices", s.Up.Length, op.Count), ("down matrices", s.Down.Length, op.Count),
            .. s.Gate.Concat(s.Up).SelectMany(m => Matrix(m, op.Hidden, width)), .. s.Down.SelectMany(m => Matrix(m, width, op.Hidden)),
            .. s.GateBias.Concat(s.UpBias).Select(b => Vector("bias", b, op.Hidden)), .. s.DownBias.Select(b => Vector("bias", b, width)),
        ],
        FusedExperts s => [Vector("gate and up", s.GateUp, 2L * op.Count * op.Hidden * width), Vector("down", s.Down, (long)op.Count * op.Hidden * width)],
        InterleavedExperts s =>
        [
            Vector("gate and up", s.GateUp, 2L * op.Count * op.Hidden * width), Vector("down", s.Down, (long)op.Count * op.Hidden * width),
            Vector("bias of gate and up", s.GateUpBias, 2L * op.Count * op.Hidden), Vector("bias of down", s.DownBias, op.Count * width),
        ],
        _ => throw new NotSupportedException($"Experts stored as {op.Stored.GetType().Name}."),
    };
}
