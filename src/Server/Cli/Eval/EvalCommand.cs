using System.CommandLine;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Hone.Server.Catalog;
using Spectre.Console;
using Command = System.CommandLine.Command;

namespace Hone.Server.Cli.Eval;

/// <summary><c>hone eval perplexity</c>: how well a model predicts a text, in non-overlapping windows.</summary>
internal static class EvalCommand
{
    public static Command Create() => new("eval", "Measures a model's quality.") { CreatePerplexity() };

    private static Command CreatePerplexity()
    {
        var model = Setting.One("--model", "PATH of the model; without it the model in the box.", "");
        var file = new Option<string>("--file") { Description = "Text file (UTF-8; .gz is unpacked).", Required = true };
        var window = new Option<int>("--window") { Description = "Tokens of a window.", DefaultValueFactory = _ => 512 };
        var windows = new Option<int>("--windows") { Description = "Number of windows; 0 = the whole text.", DefaultValueFactory = _ => 32 };
        var skip = new Option<int>("--skip") { Description = "Windows left out at the start.", DefaultValueFactory = _ => 0 };
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var runtime = new RuntimeFlags();
        var command = new Command("perplexity", "exp of the mean negative log-likelihood over windows of a text.") { model, file, window, windows, skip, json };
        runtime.AddTo(command);
        command.SetAction(async (result, cancel) =>
        {
            using var loaded = await CommandModel.LoadAsync(result.GetValue(model)!, runtime.Read(result), cancel);
            var lease = loaded.Lease;
            var ids = lease.Model.Tokenizer.Encode(await ReadAsync(result.GetValue(file)!, cancel), addSpecialTokens: false).ToArray();
            var perplexity = new Perplexity(lease.Engine, ids, result.GetValue(window), result.GetValue(skip), result.GetValue(windows));
            var report = await WithBarAsync(perplexity, cancel);
            Console.WriteLine(result.GetValue(json)
                ? JsonSerializer.Serialize(report, Api.Json.Options)
                : $"perplexity {report.Perplexity:F4} over {report.Windows.Count} windows of {result.GetValue(window)} tokens (mean nll {report.MeanNll:F6})");
        });
        return command;
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        await using Stream text = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        // Unchanged: no byte order mark is cut off, line ends are kept.
        using var reader = new StreamReader(text, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
        return await reader.ReadToEndAsync(cancel);
    }

    private static Task<PerplexityReport> WithBarAsync(Perplexity perplexity, CancellationToken cancel) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Progress().StartAsync(async bars =>
        {
            var bar = bars.AddTask("windows", maxValue: perplexity.WindowCount);
            return await perplexity.RunAsync(() => bar.Increment(1), cancel);
        });
}
