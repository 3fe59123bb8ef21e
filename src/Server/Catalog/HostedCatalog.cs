using System.Collections.Concurrent;
using Hone.Engine.Hosting;
using Hone.Models;
using Hone.Server.Settings;

namespace Hone.Server.Catalog;

/// <summary>The catalog over a model host: each model is loaded when it is first asked for, and freed when another needs its memory.</summary>
internal sealed class HostedCatalog : IModelCatalog, IDisposable
{
    private readonly Dictionary<string, ModelLocation> locations;
    private readonly ConcurrentDictionary<string, Lazy<ServedModel>> texts = new(StringComparer.Ordinal);
    private readonly ModelHost host;

    public HostedCatalog(IReadOnlyList<ModelLocation> models, RuntimeSettings settings, IProgress<double>? progress = null)
    {
        locations = models.ToDictionary(m => m.Id, StringComparer.Ordinal);
        Entries = [.. models.Select(m => new ModelEntry(m.Id, File.GetLastWriteTimeUtc(m.Path), m.Id))];
        var budget = MemoryBudget.Of(settings);
        host = new ModelHost(
            models.Select(m => new HostedModel(m.Id, () => ModelPlanner.Plan(m, settings, budget))),
            new ModelHostOptions { MemoryBudget = budget, Progress = (_, done) => progress?.Report(done) });
    }

    public IReadOnlyList<ModelEntry> Entries { get; }

    /// <summary>Models in memory, with what their engines have done.</summary>
    public IReadOnlyList<LoadedModel> Loaded => host.Loaded;

    public async ValueTask<ModelLease?> AcquireAsync(string id, CancellationToken cancel)
    {
        if (!locations.TryGetValue(id, out var location))
            return null;
        // Tokenizer and template are read beside the weights, once, and kept: they are small.
        var text = Task.Run(() => texts.GetOrAdd(id, _ => new Lazy<ServedModel>(() => ReadText(location))).Value, CancellationToken.None);
        var lease = await host.AcquireAsync(id, cancel);
        try
        {
            return lease is null ? null : new ModelLease(await text, lease.Engine, lease);
        }
        catch
        {
            lease?.Dispose();
            throw;
        }
    }

    /// <summary>Lets what runs end until <paramref name="patience"/> is cancelled, then frees everything.</summary>
    public Task ShutDownAsync(CancellationToken patience) => host.ShutDownAsync(patience);

    public void Dispose() => host.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static ServedModel ReadText(ModelLocation location)
    {
        using var source = ModelSource.Open(location.Path);
        return ModelText.Load(source, location.Id);
    }
}
