namespace Hone.Engine.Hosting;

/// <summary>How a host treats its models.</summary>
public sealed record ModelHostOptions
{
    /// <summary>Bytes that all loaded models may declare together.</summary>
    public required long MemoryBudget { get; init; }

    /// <summary>Unused time after which a model is unloaded; null = never.</summary>
    public TimeSpan? IdleUnload { get; init; }

    /// <summary>Told, while a model loads, its name and the part done, 0 … 1.</summary>
    public Action<string, double> Progress { get; init; } = static (_, _) => { };

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
