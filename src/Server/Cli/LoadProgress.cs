using Spectre.Console;

namespace Hone.Server.Cli;

/// <summary>A bar on standard error while models load; nothing where nobody watches.</summary>
internal static class LoadProgress
{
    public static async Task<T> ShowAsync<T>(Func<IProgress<double>, Task<T>> load)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (!console.Profile.Capabilities.Interactive || Console.IsErrorRedirected)
            return await load(new Progress<double>());
        return await console.Progress().AutoClear(true).HideCompleted(true).StartAsync(async bars =>
        {
            var bar = bars.AddTask("loading", maxValue: 1);
            return await load(new Progress<double>(done => bar.Value = done));
        });
    }
}
