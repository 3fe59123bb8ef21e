using Hone.Models.Graph;
using Hone.Models.State;
using Hone.Torch.Ops;
using static TorchSharp.torch;

namespace Hone.Torch;

internal sealed partial class Forward
{
    private Tensor Compute(Value node, Tensor[] x) => node.Op switch
    {
        Embedding op => Linears.Embedding(Weight(op.Table), rows.Indices(node.Rows, op.Source), op),
        Param { Stored: { } stored } => Weight(stored).reshape(1, -1),
        Param { Literal: { } numbers } => tensor(numbers, [1, numbers.Length], parameters.Type),
        Linear op => Linears.Apply(x[0], Weight(op.Matrix), Optional(op.Bias)),
        Norm op => Norms.Apply(x[0], op, Optional(op.Gain), Optional(op.Bias)),
        Add => Elementwise.Add(x[0], x[1]),
        Mul => Elementwise.Mul(x[0], x[1]),
        Lerp => Elementwise.Lerp(x[0], x[1], x[2]),
        Scale op => Elementwise.Scale(x[0], op.Sections),
        Activation op => Elementwise.Activate(x[0], op.Kind),
        Clamp op => Elementwise.Clamp(x[0], op.Min, op.Max),
        Slice op => Elementwise.Slice(x[0], op),
        Concat => cat(x, 1),
        Sum op => Elementwise.Sum(x[0], op),
        Rope op => Rotate(node, x[0], op.Spec),
        Attention op => Attend(node, x, op),
        LatentAttention op => BySegment(node, (s, range) =>
            LatentAttentions.Apply(Part(x[0], range), states.Append(op.Kv, s, Part(cat([x[1], x[2]], 1), range)), range.Past, op, Weight(op.KvB))),
        Conv1d op => Keeping(node, op.State, (range, tail) => Convolutions.Conv1d(Part(x[0], range), tail, Weight(op.Taps), Optional(op.Bias))),
        Previous op => Keeping(node, op.State, (range, last) => Convolutions.Previous(Part(x[0], range), last)),
        LinearAttention op => Keeping(node, op.State, (range, s) =>
            Recurrences.LinearAttention(Part(x[0], range), Part(x[1], range), Part(x[2], range), PartOrOne(x[3], range, node.Inputs[3]), s, op)),
        DeltaRule op => Keeping(node, op.State, (range, s) =>
            Recurrences.DeltaRule(
                Part(x[0], range), Part(x[1], range), Part(x[2], range), Part(x[3], range), x.Length > 4 ? PartOrOne(x[4], range, node.Inputs[4]) : null, s, op)),
        Wkv7 op => Keeping(node, op.State, (range, s) =>
            Wkv.Wkv7(Part(x[0], range), Part(x[1], range), Part(x[2], range), Part(x[3], range), Part(x[4], range), Part(x[5], range), s)),
        Wkv4 op => Keeping(node, op.State, (range, s) => Wkv.Wkv4(Part(x[0], range), Part(x[1], range), Weight(op.TimeDecay), Weight(op.TimeFirst), s)),
        Route op => Routing.Apply(x[0], op, Optional(op.CorrectionBias)),
        Experts op => MixtureOfExperts.Apply(x[0], x[1], op, parameters),
        OutputRows => x[0].index_select(0, tensor(rows.Outputs)),
        Pool op => RowChoice.Pool(x[0], rows.Segments(node.Inputs[0].Rows), op),
        _ => throw new NotSupportedException($"The torch backend has no operation {node.Op.GetType().Name}."),
    };

    private Tensor Weight(Weight weight) => parameters.Canonical(weight);

    private Tensor? Optional(Weight? weight) => weight is null ? null : parameters.Canonical(weight);

    /// <summary>A segment's rows of a value.</summary>
    private static Tensor Part(Tensor x, RowRange range) => x.narrow(0, range.First, range.Count);

    private static Tensor PartOrOne(Tensor x, RowRange range, Value value) => value.Rows == Rows.One ? x : Part(x, range);

    private Tensor Rotate(Value node, Tensor x, RopeSpec spec)
    {
        if (!angles.TryGetValue((spec, node.Rows), out var table))
        {
            var (cos, sin) = Rotations.Angles(spec, rows.Segments(node.Rows), parameters.Type);
            angles[(spec, node.Rows)] = table = (cos.MoveToOuterDisposeScope(), sin.MoveToOuterDisposeScope());
        }
        return Rotations.Apply(x, spec, table.Cos, table.Sin);
    }

    private Tensor Attend(Value node, Tensor[] x, Attention op)
    {
        var (sinks, biasTable) = (Optional(op.Sinks), Optional(op.Bias?.Table));
        var memory = rows.Segments(node.Inputs[1].Rows);
        var keysAndValues = cat([x[1], x[2]], 1);
        var keyWidth = op.KvHeads * op.DimK;
        // A source may come before any decoder token: its keys and values are kept even if nobody attends to them yet.
        var sources = op.Kv is { Cross: true } ? memory.Select((range, s) => states.Cross(op.Kv, s, Part(keysAndValues, range))).ToArray() : null;
        return BySegment(node, (s, range) =>
        {
            var own = Part(keysAndValues, memory[s]);
            var seen = op.Kv switch
            {
                null => own,
                { Cross: true } => sources![s],
                _ => states.Append(op.Kv, s, own),
            };
            var past = op.Kv is null ? 0 : range.Past;
            return Attentions.Apply(
                Part(x[0], range), seen.narrow(1, 0, keyWidth), seen.narrow(1, keyWidth, op.KvHeads * op.DimV), past, op, sinks, biasTable);
        });
    }

    /// <summary>An operation on each segment with a state that it reads before and writes after.</summary>
    private Tensor Keeping(Value node, SlotState state, Func<RowRange, Tensor, (Tensor Y, Tensor Kept)> apply) => BySegment(node, (s, range) =>
    {
        var (y, kept) = apply(range, states.Read(state, s));
        states.Write(state, s, kept);
        return y;
    });

    private Tensor BySegment(Value node, Func<int, RowRange, Tensor> apply)
    {
        var segments = rows.Segments(node.Rows);
        var parts = new List<Tensor>();
        for (var s = 0; s < segments.Length; s++)
        {
            if (segments[s].Count > 0)
                parts.Add(apply(s, segments[s]));
        }
        return parts.Count == 0 ? zeros(0, node.Width, parameters.Type) : cat(parts, 0);
    }
}
