using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>In which form a step needs a value.</summary>
internal enum OperandForm
{
    /// <summary>Rows of f32.</summary>
    Floats,

    /// <summary>Rows packed as the left operand of products (int8 codes with scales).</summary>
    Packed,

    /// <summary>Of an attention node: its keys and values stand in the cache. Orders steps, has no memory of its own.</summary>
    Cached,
}

/// <summary>What a step reads or writes.</summary>
internal readonly record struct Operand(Value Value, OperandForm Form = OperandForm.Floats)
{
    /// <summary>The memory that holds the value's rows.</summary>
    public static Operand Of(Value value) => new(Root(value));

    /// <summary>A slice of whole columns is a view: its numbers are those of the value that it is cut from.</summary>
    public static bool IsView(Value value) => value.Op is Slice { Groups: 1 };

    /// <summary>The value whose memory holds this one's numbers.</summary>
    public static Value Root(Value value)
    {
        while (IsView(value))
            value = value.Inputs[0];
        return value;
    }

    public override string ToString() => Form switch { OperandForm.Packed => $"%{Value.Id}q", OperandForm.Cached => $"%{Value.Id}kv", _ => $"%{Value.Id}" };
}
