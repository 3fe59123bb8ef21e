using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hone.TestKit;
using Hone.Unit.Server.Support;

namespace Hone.Unit.Server.Api;

public sealed class OtherRouteTests
{
    [Fact]
    public async Task Models_are_listed_and_described_as_OpenAI_does()
    {
        await using var server = await ApiServer.StartAsync();
        OpenApiSchemas.AssertValid("ListModelsResponse", await server.Client.GetFromJsonAsync<JsonElement>("/v1/models"));
        OpenApiSchemas.AssertValid("Model", await server.Client.GetFromJsonAsync<JsonElement>("/v1/models/box"));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/v1/models/other")).StatusCode);
    }

    [Fact]
    public async Task Text_goes_to_tokens_and_back()
    {
        await using var server = await ApiServer.StartAsync();
        var tokens = await ApiServer.JsonOf(await server.PostAsync("/tokenize", new { model = "box", prompt = "Hello world" }));
        Assert.Equal(ApiServer.Spell("Hello world"), tokens.GetProperty("tokens").EnumerateArray().Select(t => t.GetInt32()));
        Assert.Equal(tokens.GetProperty("tokens").GetArrayLength(), tokens.GetProperty("count").GetInt32());
        Assert.Equal(512, tokens.GetProperty("max_model_len").GetInt32());
        var text = await ApiServer.JsonOf(await server.PostAsync("/detokenize", new { model = "box", tokens = tokens.GetProperty("tokens") }));
        Assert.Equal("Hello world", text.GetProperty("prompt").GetString());
    }

    [Fact]
    public async Task Messages_are_rendered_by_the_models_template()
    {
        await using var server = await ApiServer.StartAsync();
        object messages = new[] { new { role = "user", content = "Hi" } };
        var prompt = (await ApiServer.JsonOf(await server.PostAsync("/apply-template", new { messages }))).GetProperty("prompt").GetString()!;
        Assert.Contains("Hi", prompt, StringComparison.Ordinal);
        var count = (await ApiServer.JsonOf(await server.PostAsync("/tokenize", new { messages }))).GetProperty("count").GetInt32();
        Assert.Equal(BoxModel.Served.Tokenizer.Encode(prompt, addSpecialTokens: false).Count, count);
    }

    [Fact]
    public async Task Health_tells_the_truth()
    {
        await using var server = await ApiServer.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health/ready")).StatusCode);
        server.State.Drain();
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Client.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Client.GetAsync("/v1/models")).StatusCode);
    }

    [Fact]
    public async Task A_key_is_asked_for_everywhere_but_at_health_checks()
    {
        await using var server = await ApiServer.StartAsync(o => o with { ApiKeys = ["secret", "other"] });
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Client.GetAsync("/v1/models")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health")).StatusCode);
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", "wrong");
        var refused = await server.Client.GetAsync("/v1/models");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("invalid_api_key", (await ApiServer.JsonOf(refused)).GetProperty("error").GetProperty("code").GetString());
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", "other");
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/v1/models")).StatusCode);
    }

    [Fact]
    public async Task A_strangers_host_name_is_refused_on_loopback()
    {
        await using var server = await ApiServer.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { Host = "evil.example:80" } };
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task An_open_bind_without_a_key_is_refused()
    {
        var problem = await Assert.ThrowsAsync<ArgumentException>(() => ApiServer.StartAsync(o => o with { Host = "0.0.0.0" }));
        Assert.Contains("--api-key", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_and_the_APIs_description_are_served_offline_under_a_strict_policy()
    {
        await using var server = await ApiServer.StartAsync();
        var page = await server.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("script-src 'self';", page.Headers.GetValues("content-security-policy").Single(), StringComparison.Ordinal);
        var html = await page.Content.ReadAsStringAsync();
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        var description = await server.Client.GetFromJsonAsync<JsonElement>("/swagger/v1/swagger.json");
        Assert.True(description.GetProperty("paths").TryGetProperty("/v1/chat/completions", out _));
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/swagger/index.html")).StatusCode);
    }
}
