using System.Net;
using System.Net.Http.Json;
using Hone.EndToEnd.Support;

namespace Hone.EndToEnd.Lifecycle;

/// <summary>Starting, stopping and being stopped.</summary>
public sealed class LifecycleTests
{
    private static readonly object Story = new
    {
        model = "SmolLM2-135M-Instruct-Q4_1",
        stream = true,
        max_tokens = 150,
        temperature = 0,
        ignore_eos = true,
        messages = new[] { new { role = "user", content = "Tell a story." } },
    };

    [Fact]
    public async Task SIGTERM_lets_the_running_answer_end_and_refuses_new_ones()
    {
        await using var server = await HoneProcess.ServeAsync();
        using var client = new HttpClient { BaseAddress = server.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(Story) };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        server.Terminate();
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("data: [DONE]\n\n", text, StringComparison.Ordinal);
        Assert.Equal(0, await server.WaitForExitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_key_given_by_a_flag_is_asked_for()
    {
        await using var server = await HoneProcess.ServeAsync("--api-key", "secret");
        using var client = new HttpClient { BaseAddress = server.BaseAddress };
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/v1/models", TestContext.Current.CancellationToken)).StatusCode);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "secret");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/models", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Two_models_are_served_side_by_side_and_answer_alike()
    {
        var box = Directory.EnumerateFiles(Hone.TestKit.Repository.PathTo("deploy", "models"), "*-00001-of-*.gguf").Single();
        await using var server = await HoneProcess.ServeAsync("--model", $"first={box}", "--model", $"second={box}");
        using var client = new HttpClient { BaseAddress = server.BaseAddress };
        var answers = await Task.WhenAll(((string[])["first", "second"]).Select(async model =>
        {
            var reply = await client.PostAsJsonAsync("/v1/completions", new { model, prompt = "Once upon a time", max_tokens = 8, temperature = 0 });
            return (await reply.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("choices")[0].GetProperty("text").GetString();
        }));
        Assert.Equal(answers[0], answers[1]);
    }
}
