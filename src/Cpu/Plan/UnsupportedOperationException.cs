namespace Hone.Cpu.Plan;

/// <summary>A model has an operation that the Cpu backend lacks. Thrown when the runner is created, before any memory is taken.</summary>
public sealed class UnsupportedOperationException(string model, string operation, string scope)
    : NotSupportedException($"{model}: the Cpu backend has no {operation} yet (needed at '{scope}').")
{
    /// <summary>The model, by name.</summary>
    public string Model { get; } = model;

    /// <summary>The operation, e.g. <c>Experts</c>.</summary>
    public string Operation { get; } = operation;
}
