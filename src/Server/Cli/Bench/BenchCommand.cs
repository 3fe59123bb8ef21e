using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hone.Server.Catalog;
using Spectre.Console;
using Command = System.CommandLine.Command;

namespace Hone.Server.Cli.Bench;

/// <summary><c>hone bench</c>: prefill, decode and batched decode through the engine that serves, medians of several runs.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var model = Setting.One("--model", "PATH of the model; without it the model in the box.", "");
        var prompt = new Option<int>("--prompt") { Description = "Tokens of the prefill.", DefaultValueFactory = _ => 512 };
        var generate = new Option<int>("--generate") { Description = "Tokens decoded by each stream.", DefaultValueFactory = _ => 128 };
        var streams = new Option<string>("--streams") { Description = "Numbers of concurrent streams, e.g. 1,8.", DefaultValueFactory = _ => "1,8" };
        var repeat = new Option<int>("--repeat") { Description = "Runs of each figure; the median is shown.", DefaultValueFactory = _ => 5 };
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var runtime = new RuntimeFlags();
        var command = new Command("bench", "Measures prefill and decode.") { model, prompt, generate, streams, repeat, json };
        runtime.AddTo(command);
        command.SetAction(async (result, cancel) =>
        {
            var counts = result.GetValue(streams)!.Split(',').Select(s => int.TryParse(s, out var n) && n > 0 ? n : throw new SettingException($"--streams: '{s}' is not a number of streams.")).ToList();
            var settings = runtime.Read(result);
            settings = settings with { MaxSequences = Math.Max(settings.MaxSequences, counts.Max()) };
            using var loaded = await CommandModel.LoadAsync(result.GetValue(model)!, settings, cancel);
            var lease = loaded.Lease;
            var bench = new EngineBench(lease, result.GetValue(prompt), result.GetValue(generate), Math.Max(1, result.GetValue(repeat)));
            var report = new Report(
                lease.Model.Id, lease.Engine.Fingerprint, settings.Threads, result.GetValue(prompt), result.GetValue(generate), result.GetValue(repeat),
                await bench.PrefillAsync(cancel), await bench.DecodeAsync(1, cancel), new Dictionary<string, double>());
            foreach (var count in counts)
                report.Streams[count.ToString()] = count == 1 ? report.DecodeTps : await bench.DecodeAsync(count, cancel);
            if (result.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(report, Api.Json.Options));
            else
                Show(report);
        });
        return command;
    }

    private static void Show(Report report)
    {
        var table = new Table().Title(Markup.Escape($"{report.Model}, {report.Threads} threads, {report.Fingerprint}")).AddColumns("what", "tokens/s");
        table.AddRow($"prefill of {report.Prompt}", $"{report.PrefillTps:N1}");
        foreach (var (count, rate) in report.Streams)
            table.AddRow(count == "1" ? $"decode of {report.Generate}" : $"decode, {count} streams together", $"{rate:N1}");
        AnsiConsole.Write(table);
    }

    /// <summary>Medians in tokens per second.</summary>
    private sealed record Report(
        string Model, string Fingerprint, int Threads, int Prompt, int Generate, int Repeat,
        [property: JsonPropertyName("prefill_tps")] double PrefillTps, [property: JsonPropertyName("decode_tps")] double DecodeTps, Dictionary<string, double> Streams);
}
