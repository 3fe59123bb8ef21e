using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

namespace Hone.Benchmarks.Peer;

/// <summary><c>compare</c>: <c>hone bench</c> and llama.cpp in alternating processes on the same file and threads; prints a Markdown report.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var hone = new Option<FileInfo>("--hone") { Description = "The executable of a Release build.", Required = true };
        var model = new Option<FileInfo>("--model") { Description = "GGUF file, or the first of its shards.", Required = true };
        var threads = new Option<int>("--threads") { Description = "Threads of each.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var runs = new Option<int>("--runs") { Description = "Processes of each.", DefaultValueFactory = _ => 5 };
        var repeat = new Option<int>("--repeat") { Description = "Measurements of each figure in a process, after one to warm up.", DefaultValueFactory = _ => 3 };
        var command = new Command("compare", "Measures Hone and llama.cpp in turn.") { hone, model, threads, runs, repeat };
        command.SetAction(async result =>
        {
            var (server, file) = (result.GetValue(hone)!.FullName, result.GetValue(model)!.FullName);
            string[] work = ["--model", file, "--prompt", "512", "--generate", "128", "--streams", "1,8", "--threads", $"{result.GetValue(threads)}", "--repeat", $"{result.GetValue(repeat)}", "--json"];
            var pairs = new List<(Rates Hone, Rates Peer)>();
            var starts = new List<(double Listening, double Token)>();
            for (var run = 0; run < result.GetValue(runs); run++)
            {
                starts.Add(await FirstToken.MeasureAsync(server, file, result.GetValue(threads)));
                pairs.Add((await RatesAsync(server, ["bench", .. work]), await RatesAsync(Environment.ProcessPath!, ["llama", .. work])));
                Console.Error.WriteLine($"run {run + 1}: Hone {JsonSerializer.Serialize(pairs[^1].Hone)}, llama.cpp {JsonSerializer.Serialize(pairs[^1].Peer)}, start {starts[^1]}");
            }
            ComparisonTable.Print(result.GetValue(model)!.Name, result.GetValue(threads), pairs, starts);
        });
        return command;
    }

    private static async Task<Rates> RatesAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} did not start.");
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Rates>(output) ?? throw new JsonException($"{program} printed null.")
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
