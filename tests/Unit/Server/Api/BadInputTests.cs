using System.Net;
using System.Text;
using System.Text.Json;
using Hone.TestKit;
using Hone.Unit.Server.Support;

namespace Hone.Unit.Server.Api;

/// <summary>Every wrong request gets an OpenAI error that names the parameter, and never reaches the engine.</summary>
public sealed class BadInputTests
{
    private const string Start = """{"model": "box", "messages": [{"role": "user", "content": "Hi"}]""";

    public static TheoryData<string, string?> WrongBodies() => new()
    {
        { "", null },
        { "[]", null },
        { "null", null },
        { "{", null },
        { """{"model": "box", "messages": [}""", null },
        { """{"model": "box", "model": "box", "messages": []}""", null },
        { """{"messages": [{"role": "user", "content": "Hi"}]}""", "model" },
        { """{"model": 5, "messages": []}""", "model" },
        { """{"model": "box"}""", "messages" },
        { """{"model": "box", "messages": null}""", "messages" },
        { """{"model": "box", "messages": []}""", "messages" },
        { """{"model": "box", "messages": "Hi"}""", "messages" },
        { """{"model": "box", "messages": ["Hi"]}""", "messages[0]" },
        { """{"model": "box", "messages": [{"content": "Hi"}]}""", "messages[0].role" },
        { """{"model": "box", "messages": [{"role": "wizard", "content": "Hi"}]}""", "messages[0].role" },
        { """{"model": "box", "messages": [{"role": 1, "content": "Hi"}]}""", "messages[0].role" },
        { """{"model": "box", "messages": [{"role": "user"}]}""", "messages[0].content" },
        { """{"model": "box", "messages": [{"role": "user", "content": 5}]}""", "messages[0].content" },
        { """{"model": "box", "messages": [{"role": "user", "content": []}]}""", "messages[0].content" },
        { """{"model": "box", "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]}""", "messages[0].content[0].type" },
        { Start + """, "temperature": -0.1}""", "temperature" },
        { Start + """, "temperature": 2.1}""", "temperature" },
        { Start + """, "temperature": 1e999}""", "temperature" },
        { Start + """, "temperature": NaN}""", null },
        { Start + """, "temperature": "hot"}""", "temperature" },
        { Start + """, "top_p": 1.5}""", "top_p" },
        { Start + """, "top_k": -2}""", "top_k" },
        { Start + """, "n": 0}""", "n" },
        { Start + """, "n": 17}""", "n" },
        { Start + """, "n": 1.5}""", "n" },
        { Start + """, "max_tokens": 0}""", "max_tokens" },
        { Start + """, "max_tokens": -1}""", "max_tokens" },
        { Start + """, "max_tokens": 99999999999999999999}""", "max_tokens" },
        { Start + """, "max_tokens": 511}""", "messages" },
        { Start + """, "max_tokens": 5, "max_completion_tokens": 6}""", "max_tokens" },
        { Start + """, "stop": 5}""", "stop" },
        { Start + """, "stop": [""]}""", "stop" },
        { Start + """, "stop": [1]}""", "stop" },
        { Start + """, "logit_bias": {"x": 1}}""", "logit_bias" },
        { Start + """, "logit_bias": {"1": 101}}""", "logit_bias" },
        { Start + """, "logit_bias": {"99999999": 1}}""", "logit_bias" },
        { Start + """, "logit_bias": []}""", "logit_bias" },
        { Start + """, "frequency_penalty": 3}""", "frequency_penalty" },
        { Start + """, "presence_penalty": -3}""", "presence_penalty" },
        { Start + """, "repetition_penalty": 0}""", "repetition_penalty" },
        { Start + """, "top_logprobs": 3}""", "top_logprobs" },
        { Start + """, "logprobs": true, "top_logprobs": 21}""", "top_logprobs" },
        { Start + """, "stream_options": {"include_usage": true}}""", "stream_options" },
        { Start + """, "stream": true, "stream_options": {"wrong": true}}""", "stream_options.wrong" },
        { Start + """, "stream": "yes"}""", "stream" },
        { Start + """, "seed": 1.5}""", "seed" },
        { Start + """, "store": true}""", "store" },
        { Start + """, "tools": [{"type": "function", "function": {"name": "f"}}]}""", "tools" },
        { Start + """, "tool_choice": "required"}""", "tool_choice" },
        { Start + """, "response_format": {"type": "json_object"}}""", "response_format" },
        { Start + """, "service_tier": "priority"}""", "service_tier" },
        { Start + """, "modalities": ["audio"]}""", "modalities" },
        { Start + """, "metadata": {"a": 1}}""", "metadata" },
        { Start + """, "reasoning_effort": "high"}""", "reasoning_effort" },
        { Start + """, "chat_template": "{{ 1 }}"}""", "chat_template" },
        { Start + """, "cache_salt": 7}""", "cache_salt" },
        { Start + """, "no_such_thing": 1}""", "no_such_thing" },
        { """{"model": "box", "messages": [{"role": "user", "content": "half \ud83d a pair"}]}""", null },
    };

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task A_wrong_chat_request_is_a_400_that_names_the_parameter(string body, string? param)
    {
        await using var server = await ApiServer.StartAsync();
        var response = await server.PostTextAsync("/v1/chat/completions", body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var json = await ApiServer.JsonOf(response);
        OpenApiSchemas.AssertValid("ErrorResponse", json);
        var error = json.GetProperty("error");
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Empty(server.Engine.Requests);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_refused()
    {
        await using var server = await ApiServer.StartAsync();
        var bytes = Encoding.UTF8.GetBytes(Start + "}");
        bytes[Array.IndexOf(bytes, (byte)'H')] = 0xFF;
        var response = await server.Client.PostAsync("/v1/chat/completions", new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_not_sent_as_JSON_is_a_415()
    {
        await using var server = await ApiServer.StartAsync();
        var response = await server.Client.PostAsync("/v1/chat/completions", new StringContent(Start + "}"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        OpenApiSchemas.AssertValid("ErrorResponse", await ApiServer.JsonOf(response));
    }

    [Fact]
    public async Task A_prompt_over_the_context_is_refused_with_counts()
    {
        await using var server = await ApiServer.StartAsync();
        var response = await server.PostAsync("/v1/chat/completions", new { model = "box", messages = new[] { new { role = "user", content = string.Concat(Enumerable.Repeat("word ", 600)) } } });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = (await ApiServer.JsonOf(response)).GetProperty("error");
        Assert.Equal("context_length_exceeded", error.GetProperty("code").GetString());
        Assert.Contains("512", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_model_is_a_404()
    {
        await using var server = await ApiServer.StartAsync();
        var response = await server.PostAsync("/v1/chat/completions", new { model = "gpt-99", messages = new[] { new { role = "user", content = "Hi" } } });
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var error = (await ApiServer.JsonOf(response)).GetProperty("error");
        Assert.Equal(("model_not_found", "model"), (error.GetProperty("code").GetString(), error.GetProperty("param").GetString()));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_a_413()
    {
        await using var server = await ApiServer.StartAsync(o => o with { MaxBodyBytes = 1000 });
        var response = await server.PostAsync("/v1/chat/completions", new { model = "box", messages = new[] { new { role = "user", content = new string('x', 2000) } } });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        OpenApiSchemas.AssertValid("ErrorResponse", await ApiServer.JsonOf(response));
    }

    [Fact]
    public async Task A_lenient_server_lists_what_it_ignored()
    {
        await using var server = await ApiServer.StartAsync(o => o with { Lenient = true });
        server.Engine.Tokens = ApiServer.Spell("ok");
        var response = await server.PostTextAsync("/v1/chat/completions", Start + """, "no_such_thing": 1, "nor_this": 2}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("no_such_thing, nor_this", response.Headers.GetValues("hone-ignored-params").Single());
    }

    [Theory]
    [InlineData("GET", "/v1/nothing")]
    [InlineData("POST", "/v1/embeddings")]
    public async Task An_unknown_route_is_a_404_in_the_same_form(string method, string path)
    {
        await using var server = await ApiServer.StartAsync();
        var response = await server.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(JsonValueKind.Object, (await ApiServer.JsonOf(response)).GetProperty("error").ValueKind);
    }
}
