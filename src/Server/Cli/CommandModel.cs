using Hone.Server.Catalog;
using Hone.Server.Settings;

namespace Hone.Server.Cli;

/// <summary>One model in memory for a command that works on it.</summary>
internal sealed class CommandModel(HostedCatalog catalog, ModelLease lease) : IDisposable
{
    public ModelLease Lease { get; } = lease;

    /// <summary>Loads the model with a progress bar. An empty argument is the model in the box.</summary>
    public static async Task<CommandModel> LoadAsync(string argument, RuntimeSettings settings, CancellationToken cancel)
    {
        var location = OneModel.Locate(argument);
        return await LoadProgress.ShowAsync(async progress =>
        {
            var catalog = new HostedCatalog([location], settings, progress);
            return new CommandModel(catalog, (await catalog.AcquireAsync(location.Id, cancel))!);
        });
    }

    public void Dispose()
    {
        Lease.Dispose();
        catalog.Dispose();
    }
}
