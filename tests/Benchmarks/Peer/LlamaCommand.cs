using System.CommandLine;
using System.Text.Json;
using LLama.Native;

namespace Hone.Benchmarks.Peer;

/// <summary><c>llama</c>: the figures of <c>hone bench</c>, under the same names, for llama.cpp through LLamaSharp.</summary>
internal static class LlamaCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var model = new Option<FileInfo>("--model") { Description = "GGUF file, or the first of its shards.", Required = true };
        var prompt = new Option<int>("--prompt") { Description = "Tokens of the prefill.", DefaultValueFactory = _ => 512 };
        var generate = new Option<int>("--generate") { Description = "Tokens decoded by each stream.", DefaultValueFactory = _ => 128 };
        var streams = new Option<string>("--streams") { Description = "Numbers of concurrent streams.", DefaultValueFactory = _ => "1,8" };
        var threads = new Option<int>("--threads") { Description = "Threads.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var repeat = new Option<int>("--repeat") { Description = "Runs of each figure; the median is shown.", DefaultValueFactory = _ => 5 };
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var command = new Command("llama", "Measures llama.cpp as `hone bench` measures Hone.") { model, prompt, generate, streams, threads, repeat, json };
        command.SetAction(result =>
        {
            NativeLibraryConfig.All.WithLogCallback((level, message) =>
            {
                if (level == LLamaLogLevel.Error)
                    Console.Error.Write(message);
            });
            var counts = result.GetValue(streams)!.Split(',').Select(int.Parse).ToArray();
            using var llama = new LlamaCpp(
                result.GetValue(model)!.FullName, result.GetValue(prompt), result.GetValue(generate), counts.Max(), result.GetValue(threads), result.GetValue(repeat));
            var prefill = llama.Prefill();
            var decode = llama.Decode(1);
            var rates = counts.ToDictionary(count => count.ToString(), count => count == 1 ? decode : llama.Decode(count));
            Console.WriteLine(result.GetValue(json)
                ? JsonSerializer.Serialize(new Rates(prefill, decode, rates), Indented)
                : $"prefill {prefill:N1}, decode {decode:N1}, {string.Join(", ", rates.Select(rate => $"{rate.Key} streams {rate.Value:N1}"))} tokens/s");
        });
        return command;
    }
}
