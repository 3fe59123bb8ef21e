using Hone.Models;

namespace Hone.Engine.Hosting;

/// <summary>A model that a host can load.</summary>
/// <param name="Name">What it is acquired by.</param>
/// <param name="Plan">Opens the model's files as far as needed to say what loading takes; called anew for each load, on a pool thread.</param>
public sealed record HostedModel(string Name, Func<ModelPlan> Plan);

/// <summary>What a load will take, known before anything is allocated, and how to do it.</summary>
public sealed record ModelPlan
{
    /// <summary>Bytes of weights, KV blocks, state slots and work buffers together.</summary>
    public required long Bytes { get; init; }

    public required EngineOptions Options { get; init; }

    /// <summary>Loads the model, on a pool thread, reporting the part done, 0 … 1.</summary>
    public required Func<IProgress<double>, CancellationToken, IModelRunner> Load { get; init; }
}

/// <summary>A model in memory.</summary>
/// <param name="Name">What it is acquired by.</param>
/// <param name="Bytes">What its plan declared.</param>
/// <param name="Leases">Uses that keep it loaded.</param>
/// <param name="Statistics">What its engine has done.</param>
public sealed record LoadedModel(string Name, long Bytes, int Leases, EngineStatistics Statistics);
