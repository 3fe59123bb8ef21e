using System.CommandLine;
using Command = System.CommandLine.Command;

namespace Hone.Server.Cli;

/// <summary><c>hone health</c>: asks a running server on this machine whether it is ready; for container health checks.</summary>
internal static class HealthCommand
{
    public static Command Create()
    {
        var port = Setting.One("--port", "Port of the server.", 8000);
        var command = new Command("health", "Exits with 0 if the server on this machine is ready, else with 1.") { port };
        command.SetAction(async (result, cancel) =>
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
            try
            {
                using var reply = await client.GetAsync($"http://127.0.0.1:{result.GetValue(port)}/health/ready", cancel);
                await Console.Out.WriteLineAsync(await reply.Content.ReadAsStringAsync(cancel));
                return reply.IsSuccessStatusCode ? 0 : 1;
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
            {
                await Console.Error.WriteLineAsync($"No answer on port {result.GetValue(port)}: {problem.Message}");
                return 1;
            }
        });
        return command;
    }
}
