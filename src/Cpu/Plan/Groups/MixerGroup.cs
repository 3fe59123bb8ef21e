using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>A node that mixes rows of a sequence: attention, convolution, recurrence.</summary>
internal sealed class MixerGroup(Value node) : Group
{
    public Value Node { get; } = node;

    /// <summary>Element functions of the node's own result, applied to the columns while they are hot.</summary>
    public List<Value> Epilogue { get; } = [];

    public Value Result => Epilogue.Count > 0 ? Epilogue[^1] : Node;

    public override Rows Rows => Node.Rows;

    public override IEnumerable<Value> Nodes => Epilogue.Prepend(Node);

    /// <summary>Attention finds its keys and values in the cache.</summary>
    public override IEnumerable<Operand> Reads =>
        Node.Op is Attention ? [Operand.Of(Node.Inputs[0]), new Operand(Node, OperandForm.Cached)] : Inputs(Node);

    public override IEnumerable<Operand> Writes => [new Operand(Result)];
}
