namespace Hone.Tokenization.ChatTemplates.Values;

/// <summary>A subscript with colons; absent parts are null.</summary>
internal sealed class SliceValue(Value? start, Value? stop, Value? step) : Value
{
    public Value? Start => start;

    public Value? Stop => stop;

    public Value? Step => step;

    public override string TypeName => "slice";

    public override bool IsHashable => false;
}
