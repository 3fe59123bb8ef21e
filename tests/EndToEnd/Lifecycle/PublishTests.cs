using System.Diagnostics;
using System.Net.Http.Json;
using Hone.EndToEnd.Support;
using Hone.TestKit;

namespace Hone.EndToEnd.Lifecycle;

/// <summary>The Dockerfile's publish step, as no container engine is at hand: what it makes runs anywhere, by itself.</summary>
public sealed class PublishTests
{
    [Fact]
    public async Task The_published_program_serves_the_model_in_the_box()
    {
        var step = File.ReadLines(Repository.PathTo("Dockerfile")).Single(l => l.StartsWith("RUN dotnet publish", StringComparison.Ordinal))["RUN dotnet ".Length..];
        var folder = Directory.CreateTempSubdirectory("hone-publish-").FullName;
        try
        {
            // Its own intermediate files, so that the build under test is left alone.
            string[] arguments = [.. step.Replace("-o /app", $"-o {folder}/app", StringComparison.Ordinal).Split(' '), $"--artifacts-path={folder}/artifacts", "--verbosity=quiet"];
            using var publish = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true })!;
            var output = await publish.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await publish.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(publish.ExitCode == 0, output);

            await using var server = await HoneProcess.ServeAsync(Path.Combine(folder, "app", "hone"), []);
            using var client = new HttpClient { BaseAddress = server.BaseAddress };
            var reply = await client.PostAsJsonAsync(
                "/v1/completions", new { model = "SmolLM2-135M-Instruct-Q4_1", prompt = "The capital of France is", max_tokens = 4, temperature = 0 }, TestContext.Current.CancellationToken);
            Assert.Contains("Paris", await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Contains("<title>Hone</title>", await client.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
