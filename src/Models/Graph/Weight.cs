namespace Hone.Models.Graph;

/// <summary>How the canonical value that an operation sees follows from the stored one.</summary>
public enum Form
{
    /// <summary>As stored.</summary>
    Plain,

    /// <summary>Stored [in, out], canonical [out, in] (gpt2's Conv1D; PEFT's <c>fan_in_fan_out</c>).</summary>
    Transposed,

    /// <summary>Stored w, canonical 1 + w (zero-centred RMSNorm).</summary>
    OnePlus,

    /// <summary>Stored A_log, canonical −exp(A_log).</summary>
    NegExp,
}

/// <summary>A tensor that an operation asks for: Hugging Face's full state-dict name, its shape <i>as stored</i>, and its form.</summary>
public sealed record Weight(string Name, int[] Shape, Form Form)
{
    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (a, b) => checked(a * b));

    /// <summary>Shape of the canonical value: [out, in] for a matrix stored the other way.</summary>
    public int[] CanonicalShape => Form == Form.Transposed ? [Shape[1], Shape[0]] : Shape;

    /// <summary>Equal name, shape and form: the same tensor may be asked for twice (tied heads), but only in one way.</summary>
    public bool IsSameRequest(Weight other) => Name == other.Name && Form == other.Form && Shape.AsSpan().SequenceEqual(other.Shape);
}
