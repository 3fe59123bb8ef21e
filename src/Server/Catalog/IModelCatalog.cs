using Hone.Engine;

namespace Hone.Server.Catalog;

/// <summary>The models that this server offers. Implemented over the model host, and by a scripted double in tests of the API.</summary>
internal interface IModelCatalog
{
    /// <summary>Every model's name with the time at which it became known, in the order given on the command line.</summary>
    IReadOnlyList<ModelEntry> Entries { get; }

    /// <summary>The model, loaded if need be, held in memory until the lease is disposed. Null if there is no such name.</summary>
    ValueTask<ModelLease?> AcquireAsync(string id, CancellationToken cancel);
}

/// <summary>A line of GET /v1/models.</summary>
/// <param name="Root">Name of the base model of an adapter; otherwise the model's own.</param>
internal sealed record ModelEntry(string Id, DateTimeOffset Created, string Root);

/// <summary>Use of a loaded model.</summary>
internal sealed class ModelLease(ServedModel model, IModelEngine engine, IDisposable? hold = null) : IDisposable
{
    public ServedModel Model { get; } = model;

    public IModelEngine Engine { get; } = engine;

    public void Dispose() => hold?.Dispose();
}
