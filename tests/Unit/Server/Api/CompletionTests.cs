using System.Net;
using System.Text.Json;
using Hone.TestKit;
using Hone.Unit.Server.Support;

namespace Hone.Unit.Server.Api;

public sealed class CompletionTests
{
    [Fact]
    public async Task A_reply_is_what_OpenAI_describes()
    {
        await using var server = await ApiServer.StartAsync();
        server.Engine.Tokens = ApiServer.Spell(" there was");
        var json = await ApiServer.JsonOf(await server.PostAsync("/v1/completions", new { model = "box", prompt = "Once", logprobs = 2 }));
        OpenApiSchemas.AssertValid("CreateCompletionResponse", json);
        var choice = json.GetProperty("choices")[0];
        Assert.Equal(" there was", choice.GetProperty("text").GetString());
        Assert.Equal("length", choice.GetProperty("finish_reason").GetString());
        Assert.Equal([0, 6], choice.GetProperty("logprobs").GetProperty("text_offset").EnumerateArray().Select(o => o.GetInt32()));
        Assert.Equal(16, server.Engine.Requests.Single().MaxTokens);
    }

    [Fact]
    public async Task Prompts_come_in_four_forms()
    {
        await using var server = await ApiServer.StartAsync();
        server.Engine.Tokens = ApiServer.Spell("x");
        int[] ids = ApiServer.Spell("Once upon");
        foreach (var prompt in (object[])["Once upon", new[] { "Once upon" }, ids, new[] { ids }])
        {
            var json = await ApiServer.JsonOf(await server.PostAsync("/v1/completions", new { model = "box", prompt }));
            Assert.Equal(1, json.GetProperty("choices").GetArrayLength());
        }
        Assert.All(server.Engine.Requests, r => Assert.Equal(ids, r.Prompt.ToArray()));
    }

    [Fact]
    public async Task Several_prompts_times_n_choices_are_numbered_prompt_by_prompt()
    {
        await using var server = await ApiServer.StartAsync();
        server.Engine.Tokens = ApiServer.Spell("x");
        var json = await ApiServer.JsonOf(await server.PostAsync("/v1/completions", new { model = "box", prompt = new[] { "a", "b", "c" }, n = 2, echo = true }));
        Assert.Equal(["ax", "ax", "bx", "bx", "cx", "cx"], json.GetProperty("choices").EnumerateArray().Select(c => c.GetProperty("text").GetString()));
        Assert.Equal([0, 1, 2, 3, 4, 5], json.GetProperty("choices").EnumerateArray().Select(c => c.GetProperty("index").GetInt32()));
    }

    [Fact]
    public async Task Echo_with_log_probabilities_and_no_tokens_scores_the_prompt()
    {
        await using var server = await ApiServer.StartAsync();
        var json = await ApiServer.JsonOf(await server.PostAsync("/v1/completions", new { model = "box", prompt = "Once upon a time", echo = true, logprobs = 0, max_tokens = 0 }));
        var choice = json.GetProperty("choices")[0];
        Assert.Equal("Once upon a time", choice.GetProperty("text").GetString());
        var scores = choice.GetProperty("logprobs").GetProperty("token_logprobs").EnumerateArray().ToList();
        Assert.Equal(ApiServer.Spell("Once upon a time").Length, scores.Count);
        Assert.Equal(JsonValueKind.Null, scores[0].ValueKind);
        Assert.All(scores[1..], s => Assert.Equal(-0.5, s.GetDouble(), 6));
        Assert.Equal(0, json.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Token_ids_are_returned_on_demand()
    {
        await using var server = await ApiServer.StartAsync();
        server.Engine.Tokens = ApiServer.Spell(" some more");
        var json = await ApiServer.JsonOf(await server.PostAsync("/v1/completions", new { model = "box", prompt = "a", return_token_ids = true }));
        Assert.Equal(server.Engine.Tokens, json.GetProperty("choices")[0].GetProperty("token_ids").EnumerateArray().Select(t => t.GetInt32()));
    }

    [Fact]
    public async Task A_stream_says_the_same_as_a_reply()
    {
        await using var server = await ApiServer.StartAsync();
        server.Engine.Tokens = ApiServer.Spell(" there was a king");
        var frames = await ApiServer.FramesOf(await server.PostAsync("/v1/completions", new
        {
            model = "box",
            prompt = "Once",
            stream = true,
            echo = true,
            stream_options = new { include_usage = true },
        }));
        Assert.Equal("[DONE]", frames[^1]);
        var chunks = frames[..^1].Select(f => JsonDocument.Parse(f).RootElement).ToList();
        Assert.Equal("Once there was a king", string.Concat(chunks.SelectMany(c => c.GetProperty("choices").EnumerateArray()).Select(c => c.GetProperty("text").GetString())));
        OpenApiSchemas.AssertValid("CreateCompletionResponse", chunks[^1]);
        Assert.Equal(JsonValueKind.Null, chunks[0].GetProperty("usage").ValueKind);
        Assert.Equal(server.Engine.Tokens.Count, chunks[^1].GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    public static TheoryData<string, string> WrongBodies() => new()
    {
        { """{"model": "box"}""", "prompt" },
        { """{"model": "box", "prompt": ""}""", "prompt" },
        { """{"model": "box", "prompt": []}""", "prompt" },
        { """{"model": "box", "prompt": {"a": 1}}""", "prompt" },
        { """{"model": "box", "prompt": ["a", 1]}""", "prompt" },
        { """{"model": "box", "prompt": [-1]}""", "prompt" },
        { """{"model": "box", "prompt": [99999999]}""", "prompt" },
        { """{"model": "box", "prompt": [1.5]}""", "prompt" },
        { """{"model": "box", "prompt": "a", "logprobs": 21}""", "logprobs" },
        { """{"model": "box", "prompt": "a", "logprobs": -1}""", "logprobs" },
        { """{"model": "box", "prompt": "a", "max_tokens": 0}""", "max_tokens" },
        { """{"model": "box", "prompt": "a", "max_tokens": 600}""", "prompt" },
        { """{"model": "box", "prompt": "a", "best_of": 3}""", "best_of" },
        { """{"model": "box", "prompt": "a", "suffix": "b"}""", "suffix" },
        { """{"model": "box", "prompt": "a", "messages": []}""", "messages" },
    };

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task A_wrong_request_is_a_400_that_names_the_parameter(string body, string param)
    {
        await using var server = await ApiServer.StartAsync();
        var response = await server.PostTextAsync("/v1/completions", body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(param, (await ApiServer.JsonOf(response)).GetProperty("error").GetProperty("param").GetString());
        Assert.Empty(server.Engine.Requests);
    }
}
