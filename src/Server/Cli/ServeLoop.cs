using Hone.Server.Catalog;
using Hone.Server.Hosting;
using Hone.Server.Settings;

namespace Hone.Server.Cli;

/// <summary>The life of <c>hone serve</c>: listen, load the first model, serve, drain.</summary>
internal static class ServeLoop
{
    public static async Task<int> RunAsync(ServerOptions options, RuntimeSettings runtime, IReadOnlyList<ModelLocation> models, CancellationToken cancel)
    {
        var state = new ServerState();
        var first = await LoadProgress.ShowAsync<(WebApplication App, HostedCatalog Catalog, ModelLease Lease)>(async progress =>
        {
            var catalog = new HostedCatalog(models, runtime, progress);
            var app = HoneServer.Build(options, catalog, state);
            // Health checks are answered while the model loads; everything else is told to wait.
            await app.StartAsync(cancel);
            return (app, catalog, (await catalog.AcquireAsync(models[0].Id, cancel))!);
        });
        state.Started();
        Console.WriteLine($"Listening on {first.App.Urls.First()}");
        first.Lease.Dispose();
        await first.App.WaitForShutdownAsync(CancellationToken.None);
        await first.Catalog.ShutDownAsync(new CancellationToken(canceled: true));
        await first.App.DisposeAsync();
        return 0;
    }
}
