using Hone.Cpu.Kernels;
using Hone.Cpu.Kernels.Attention;
using Hone.Cpu.Pools;
using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>Turns groups into steps: looks up the memory of their operands and the weights of their nodes.</summary>
internal sealed unsafe class Binding(
    ModelGraph graph, Buffers buffers, Weights weights, RopeTables ropes, SlotPool slots, KvPool cache, Forward forward, WorkerScratch scratch)
{
    private readonly Dictionary<Value, View> constants = [];

    public Step[] Bind(IEnumerable<Group> groups)
    {
        foreach (var node in graph.Nodes.Where(n => n.Rows == Rows.One && !Operand.IsView(n)))
            constants[node] = Constant(node);
        return [.. groups.Select(Bind)];
    }

    public View ViewOf(Value value)
    {
        if (Operand.IsView(value))
        {
            var slice = (Slice)value.Op;
            return ViewOf(value.Inputs[0]).Columns(slice.Offset, slice.Width);
        }
        return value.Rows == Rows.One ? constants[value] : new View(buffers[new Operand(value)], 0, value.Width);
    }

    /// <summary>Parameters, and what is computed from parameters alone, once.</summary>
    private View Constant(Value node)
    {
        if (node.Op is Param param)
            return param.Stored is { } stored ? weights.Vector(stored) : weights.Constant(param.Literal);
        var result = weights.Constant(new float[node.Width]);
        OpOf(node, ViewOf(node.Inputs[0]), result).Run(null!, 0, 0);
        return result;
    }

    private Step Bind(Group group) => group switch
    {
        RowGroup rows => new RowStep(rows.Rows, [.. rows.Works.Select(Bind)]),
        ProductGroup products => Bind(products),
        MixerGroup mixer => Bind(mixer),
        _ => throw new InvalidOperationException($"No step for a {group.GetType().Name}."),
    };

    private RowOp Bind(RowWork work) => work switch
    {
        Compute { Value.Op: Embedding embedding } compute => new EmbeddingOp(embedding, weights.Matrix(embedding.Table), ViewOf(compute.Value)),
        Compute compute => OpOf(compute.Value, ViewOf(compute.Value.Inputs[0]), ViewOf(compute.Value)),
        PackRow pack => new PackOp(ViewOf(pack.Value), buffers[new Operand(pack.Value, OperandForm.Packed)]),
        CacheRow write => new CacheOp(cache.Of((Attention)write.Attention.Op), ViewOf(write.Attention.Inputs[1]), ViewOf(write.Attention.Inputs[2])),
        _ => throw new InvalidOperationException($"No row operation for {work}."),
    };

    private ProductStep Bind(ProductGroup group)
    {
        var bound = new Dictionary<Product, BoundProduct>();
        foreach (var product in group.Products.OrderBy(p => p.Partner is null ? 0 : 1))
            bound[product] = Bind(product, product.Partner is { } partner ? bound[partner] : null);
        return new ProductStep(group.Rows, [.. group.Products.Select(p => bound[p])], scratch);
    }

    private BoundProduct Bind(Product product, BoundProduct? partner)
    {
        var linear = (Linear)product.Linear.Op;
        var result = ViewOf(product.Result);
        var floats = product.Form == OperandForm.Floats ? ViewOf(product.Linear.Inputs[0]) : default;
        var packed = product.Form == OperandForm.Packed ? buffers[product.Input] : null;
        return new BoundProduct(
            weights.Matrix(linear.Matrix), packed, floats, result, linear.Bias is { } bias ? weights.Vector(bias) : null, Epilogue(product.Linear, product.Epilogue, result), partner);
    }

    private Step Bind(MixerGroup group)
    {
        var result = ViewOf(group.Result);
        var inputs = group.Node.Inputs;
        return group.Node.Op switch
        {
            Attention attention => Bind(attention, ViewOf(inputs[0]), result),
            Conv1d conv => new ConvolutionStep(
                conv, ViewOf(inputs[0]), result, weights.Taps(conv), conv.Bias is { } bias ? weights.Vector(bias) : null, Epilogue(group.Node, group.Epilogue, result), slots),
            DeltaRule delta => new DeltaStep(
                delta, ViewOf(inputs[0]), ViewOf(inputs[1]), ViewOf(inputs[2]), ViewOf(inputs[3]), inputs.Length > 4 ? ViewOf(inputs[4]) : null, result, slots, scratch),
            var op => throw new InvalidOperationException($"No step for {op}."),
        };
    }

    private AttentionStep Bind(Attention attention, View q, View result)
    {
        var kernel = new AttentionKernel(AttentionStep.ShapeOf(attention));
        return new AttentionStep(
            kernel, cache.Of(attention), q, result, attention.Sinks is { } sinks ? weights.Vector(sinks) : null, forward.TilesOf(kernel.Shape.QueryTile), scratch);
    }

    /// <summary>Epilogue nodes work in place: each takes what stands in the result and leaves its own there.</summary>
    private ElementOp[] Epilogue(Value before, IEnumerable<Value> nodes, View result)
    {
        var ops = new List<ElementOp>();
        foreach (var node in nodes)
        {
            ops.Add((ElementOp)OpOf(node, result, result, before));
            before = node;
        }
        return [.. ops];
    }

    /// <summary>The operation of a node whose first operand stands at <paramref name="x"/>; in an epilogue that operand is the value <paramref name="before"/>.</summary>
    private RowOp OpOf(Value node, View x, View result, Value? before = null)
    {
        var inputs = node.Inputs;
        View Second() => ViewOf(before is not null && inputs[1] == before ? inputs[0] : inputs[1]);
        return node.Op switch
        {
            Add => new BinaryOp<Plus>(x, Second(), result),
            Mul => new BinaryOp<Times>(x, Second(), result),
            Lerp => new LerpOp(x, ViewOf(inputs[1]), ViewOf(inputs[2]), result),
            Scale scale => new ScaleOp(scale, x, result),
            Activation activation => new ActivationOp(activation.Kind, x, result),
            Clamp clamp => new ClampOp(clamp, x, result),
            Slice slice => new SliceOp(slice, x, result),
            Concat => new ConcatOp([.. inputs.Select(ViewOf)], result),
            Sum sum => new SumOp(sum, x, result),
            OutputRows => new OutputRowOp(x, result),
            Rope rope => new RopeOp(rope.Spec, ropes.For(rope.Spec), x, result),
            Norm norm => new NormOp(norm, x, norm.Gain is { } gain ? weights.Vector(gain) : null, norm.Bias is { } bias ? weights.Vector(bias) : null, result),
            var op => throw new InvalidOperationException($"No row operation for {op}."),
        };
    }
}
