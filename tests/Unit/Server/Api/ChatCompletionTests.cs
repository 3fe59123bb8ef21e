using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hone.Engine;
using Hone.TestKit;
using Hone.Unit.Server.Support;

namespace Hone.Unit.Server.Api;

public sealed class ChatCompletionTests
{
    private static readonly object[] Hello = [new { role = "user", content = "Hello" }];

    [Fact]
    public async Task A_reply_is_what_OpenAI_describes()
    {
        await using var server = await ApiServer.StartAsync();
        server.Engine.Tokens = [.. ApiServer.Spell("Good day."), EndOfTurn];
        var response = await server.PostAsync("/v1/chat/completions", new { model = "box", messages = Hello, logprobs = true, top_logprobs = 2, n = 2, seed = 7 });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var json = await ApiServer.JsonOf(response);
        OpenApiSchemas.AssertValid("CreateChatCompletionResponse", json);
        Assert.Equal(2, json.GetProperty("choices").GetArrayLength());
        foreach (var choice in json.GetProperty("choices").EnumerateArray())
        {
            Assert.Equal("Good day.", choice.GetProperty("message").GetProperty("content").GetString());
            Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
            Assert.Equal("Good day.", string.Concat(choice.GetProperty("logprobs").GetProperty("content").EnumerateArray().Select(t => t.GetProperty("token").GetString())));
        }
        Assert.Equal(7UL, server.Engine.Requests.Single().Sampling.Seed);
        Assert.Equal(2 * server.Engine.Tokens.Count, json.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.True(response.Headers.Contains("x-request-id"));
        Assert.True(response.Headers.Contains("openai-processing-ms"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_says_the_same_as_a_reply(bool includeUsage)
    {
        await using var server = await ApiServer.StartAsync();
        server.Engine.Tokens = [.. ApiServer.Spell("naïve 🙂 text"), EndOfTurn];
        var response = await server.PostAsync("/v1/chat/completions", new
        {
            model = "box",
            messages = Hello,
            stream = true,
            stream_options = new { include_usage = includeUsage },
        });
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var frames = await ApiServer.FramesOf(response);
        Assert.Equal("[DONE]", frames[^1]);
        var chunks = frames[..^1].Select(f => JsonDocument.Parse(f).RootElement).ToList();
        foreach (var chunk in chunks)
        {
            OpenApiSchemas.AssertValid("CreateChatCompletionStreamResponse", WithoutNullUsage(chunk));
            Assert.Equal(chunks[0].GetProperty("id").GetString(), chunk.GetProperty("id").GetString());
            Assert.Equal(includeUsage, chunk.TryGetProperty("usage", out _));
        }
        var choices = chunks.SelectMany(c => c.GetProperty("choices").EnumerateArray()).ToList();
        Assert.Equal("assistant", choices[0].GetProperty("delta").GetProperty("role").GetString());
        Assert.All(choices[1..], c => Assert.False(c.GetProperty("delta").TryGetProperty("role", out _)));
        Assert.Equal("naïve 🙂 text", string.Concat(choices.Select(c => c.GetProperty("delta").TryGetProperty("content", out var text) ? text.GetString() : "")));
        Assert.Equal("stop", choices[^1].GetProperty("finish_reason").GetString());
        Assert.All(choices[..^1], c => Assert.Equal(JsonValueKind.Null, c.GetProperty("finish_reason").ValueKind));
        if (includeUsage)
        {
            Assert.Equal(0, chunks[^1].GetProperty("choices").GetArrayLength());
            Assert.Equal(server.Engine.Tokens.Count, chunks[^1].GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        }
    }

    [Fact]
    public async Task A_stop_string_split_across_tokens_ends_the_text_before_it()
    {
        await using var server = await ApiServer.StartAsync();
        server.Engine.Tokens = [.. "one two three four".SelectMany(c => ApiServer.Spell(c.ToString()))];
        var json = await ApiServer.JsonOf(await server.PostAsync("/v1/chat/completions", new { model = "box", messages = Hello, stop = new[] { "o thr", "never" } }));
        Assert.Equal("one tw", json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal("stop", json.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal("one two thr".Length, json.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task A_failure_before_the_first_token_has_a_status_of_its_own()
    {
        await using var server = await ApiServer.StartAsync();
        server.Engine.Tokens = ApiServer.Spell("text");
        server.Engine.FailAfter = 0;
        var response = await server.PostAsync("/v1/chat/completions", new { model = "box", messages = Hello, stream = true });
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        OpenApiSchemas.AssertValid("ErrorResponse", await ApiServer.JsonOf(response));
    }

    [Fact]
    public async Task A_failure_in_the_middle_is_the_last_event_of_the_stream()
    {
        await using var server = await ApiServer.StartAsync();
        server.Engine.Tokens = ApiServer.Spell("a longer piece of text");
        server.Engine.FailAfter = 2;
        var response = await server.PostAsync("/v1/chat/completions", new { model = "box", messages = Hello, stream = true });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var frames = await ApiServer.FramesOf(response);
        var last = JsonDocument.Parse(frames[^1]).RootElement;
        Assert.Equal("server_error", last.GetProperty("error").GetProperty("type").GetString());
        Assert.DoesNotContain("[DONE]", frames);
    }

    [Fact]
    public async Task A_full_queue_is_a_503_that_says_when_to_come_back()
    {
        await using var server = await ApiServer.StartAsync();
        server.Engine.Refusal = new EngineException(EngineError.QueueFull, "full");
        var response = await server.PostAsync("/v1/chat/completions", new { model = "box", messages = Hello });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("true", response.Headers.GetValues("x-should-retry").Single());
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal("server_is_overloaded", (await ApiServer.JsonOf(response)).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_client_that_leaves_cancels_its_request()
    {
        await using var server = await ApiServer.StartAsync();
        server.Engine.Tokens = ApiServer.Spell("some text that never comes");
        server.Engine.Gate = new SemaphoreSlim(1);
        using var leave = new CancellationTokenSource();
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { model = "box", messages = Hello, stream = true }),
        };
        using var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leave.Token);
        response.Dispose();
        await server.Engine.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Silence_is_filled_with_comments()
    {
        await using var server = await ApiServer.StartAsync(o => o with { KeepAlive = TimeSpan.FromMilliseconds(50) });
        server.Engine.Tokens = ApiServer.Spell("two");
        server.Engine.Gate = new SemaphoreSlim(0);
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { model = "box", messages = Hello, stream = true }),
        };
        using var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.StartsWith(":", await reader.ReadLineAsync(), StringComparison.Ordinal);
        server.Engine.Gate.Release(10);
        Assert.Contains("data: [DONE]", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    /// <summary>The description forgets what the API does and the clients' types say: with include_usage, chunks before the last carry usage: null.</summary>
    private static JsonElement WithoutNullUsage(JsonElement chunk)
    {
        var copy = JsonObject.Create(chunk)!;
        if (copy["usage"] is null)
            copy.Remove("usage");
        return JsonSerializer.SerializeToElement(copy);
    }

    private static int EndOfTurn => BoxModel.Served.EndTokens[0];
}
