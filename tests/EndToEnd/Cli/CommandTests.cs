using System.Text.Json;
using Hone.EndToEnd.Support;
using Hone.TestKit;

namespace Hone.EndToEnd.Cli;

/// <summary>The commands as a person types them.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task Help_shows_each_flag_with_its_variable_and_its_key()
    {
        var (code, output, _) = await HoneProcess.RunAsync("serve", "--help");
        Assert.Equal(0, code);
        foreach (var flag in (string[])["model", "lora", "host", "port", "data-dir", "api-key", "profile", "threads", "ctx", "max-seqs", "memory", "kv-dtype", "max-queue", "cors-origin", "lenient"])
        {
            Assert.Contains($"--{flag}", output, StringComparison.Ordinal);
            Assert.Contains($"HONE_{flag.Replace('-', '_').ToUpperInvariant()}", string.Concat(output.Split().Select(w => w.Trim())), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_model_in_the_box_is_listed()
    {
        var (code, output, _) = await HoneProcess.RunAsync("list", "--json");
        Assert.Equal(0, code);
        var model = JsonDocument.Parse(output).RootElement[0];
        Assert.Equal("llama", model.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Text_is_shown_as_tokens()
    {
        var (code, output, _) = await HoneProcess.RunAsync("tokenize", "--json", "Hello world");
        Assert.Equal(0, code);
        Assert.Equal(2, JsonDocument.Parse(output).RootElement.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_model_is_inspected_node_by_node()
    {
        var (code, output, errors) = await HoneProcess.RunAsync("inspect", "--graph", "--plan");
        Assert.True(code == 0, errors);
        Assert.Contains("model.layers.0.self_attn.kv", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_is_answered_in_the_terminal()
    {
        var (code, output, errors) = await HoneProcess.RunAsync("run", "--prompt", "What is the capital of Australia?", "--temperature", "0", "--max-tokens", "16");
        Assert.True(code == 0, errors);
        Assert.Contains("Canberra", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rates_are_measured()
    {
        var (code, output, errors) = await HoneProcess.RunAsync("bench", "--prompt", "32", "--generate", "8", "--streams", "1,2", "--repeat", "1", "--json");
        Assert.True(code == 0, errors);
        var report = JsonDocument.Parse(output).RootElement;
        Assert.True(report.GetProperty("prefill_tps").GetDouble() > 0);
        Assert.True(report.GetProperty("decode_tps").GetDouble() > 0);
        Assert.True(report.GetProperty("streams").GetProperty("2").GetDouble() > 0);
    }

    [Fact]
    public async Task Perplexity_is_measured_over_windows()
    {
        var file = Shared.Require("data", "wikitext2-valid.txt.gz");
        var (code, output, errors) = await HoneProcess.RunAsync("eval", "perplexity", "--file", file, "--window", "64", "--windows", "2", "--skip", "1", "--json");
        Assert.True(code == 0, errors);
        var report = JsonDocument.Parse(output).RootElement;
        Assert.Equal(2, report.GetProperty("windows").GetArrayLength());
        Assert.Equal(Math.Exp(report.GetProperty("mean_nll").GetDouble()), report.GetProperty("perplexity").GetDouble(), 9);
    }

    public static TheoryData<string, string> Mistakes() => new()
    {
        { "serve --model /no/such/model.gguf", "/no/such/model.gguf" },
        { "serve --host 0.0.0.0", "--api-key" },
        { "serve --port 99999", "--port" },
        { "serve --memory lots", "--memory" },
        { "serve --profile slow", "slow" },
        { "serve --no-such-flag", "--no-such-flag" },
        { "serve --memory 1MB", "--memory" },
        { "bench --streams x", "--streams" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_explained_in_one_message(string arguments, string mentioned)
    {
        var (code, output, errors) = await HoneProcess.RunAsync(arguments.Split(' '));
        Assert.NotEqual(0, code);
        Assert.Contains(mentioned, output + errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Hone.", output + errors, StringComparison.Ordinal);
    }
}
