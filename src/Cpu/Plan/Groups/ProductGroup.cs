using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>A linear and the element functions applied to its columns while they are hot.</summary>
internal sealed class Product(Value linear, OperandForm form)
{
    public Value Linear { get; } = linear;

    /// <summary>Form in which the weight's kernel takes the input.</summary>
    public OperandForm Form { get; } = form;

    /// <summary>Elementwise nodes in order; each takes the one before it (the linear first) and other operands.</summary>
    public List<Value> Epilogue { get; } = [];

    /// <summary>The product of the same group that a node of the epilogue multiplies with (gate · up).</summary>
    public Product? Partner { get; set; }

    public Value Result => Epilogue.Count > 0 ? Epilogue[^1] : Linear;

    public IEnumerable<Value> Nodes => Epilogue.Prepend(Linear);

    public Operand Input => Form == OperandForm.Floats ? Operand.Of(Linear.Inputs[0]) : new Operand(Linear.Inputs[0], Form);
}

/// <summary>Linears with one input, side by side: work is split over their columns.</summary>
internal sealed class ProductGroup(Product product) : Group
{
    public List<Product> Products { get; } = [product];

    public Value Input => Products[0].Linear.Inputs[0];

    public override Rows Rows => Input.Rows;

    public override IEnumerable<Value> Nodes => Products.SelectMany(p => p.Nodes);

    public override IEnumerable<Operand> Reads =>
        Products.Select(p => p.Input).Concat(Products.SelectMany(p => p.Epilogue).SelectMany(Inputs)).Except(Hidden);

    public override IEnumerable<Operand> Writes => Products.Select(p => new Operand(p.Result));

    /// <summary>Values between a linear and its last epilogue node have no memory.</summary>
    private IEnumerable<Operand> Hidden => Products.SelectMany(p => p.Nodes.SkipLast(1)).Select(v => new Operand(v));
}
