using System.Net;
using Hone.Server.Api.ChatCompletions;
using Hone.Server.Api.Completions;
using Hone.Server.Api.Errors;
using Hone.Server.Api.Health;
using Hone.Server.Api.ModelCatalog;
using Hone.Server.Api.Tokens;
using Hone.Server.Auth;

namespace Hone.Server.Hosting;

/// <summary>Every route of the server, in one place.</summary>
internal static class Routes
{
    private const string JsonBody = "application/json";

    /// <summary>Other types reach the endpoint too, which refuses them with a body of ours instead of the router's bare 415.</summary>
    private const string AnyBody = "*/*";

    public static void Map(WebApplication app)
    {
        app.MapPost("/v1/chat/completions", (HttpContext context, ChatCompletionEndpoint endpoint) => endpoint.HandleAsync(context))
            .Accepts<ChatCompletionRequest>(JsonBody, AnyBody).Produces<ChatCompletionResponse>().WithTags("Chat").WithSummary("Creates a chat completion, streamed or whole.");
        app.MapPost("/v1/completions", (HttpContext context, CompletionEndpoint endpoint) => endpoint.HandleAsync(context))
            .Accepts<CompletionRequest>(JsonBody, AnyBody).Produces<CompletionResponse>().WithTags("Completions").WithSummary("Creates a text completion, streamed or whole.");

        app.MapGet("/v1/models", (ModelsEndpoint endpoint) => endpoint.List()).WithTags("Models").WithSummary("Lists the models.");
        app.MapGet("/v1/models/{**id}", (string id, ModelsEndpoint endpoint) => endpoint.Get(id)).WithTags("Models").WithSummary("Describes one model.");

        app.MapPost("/tokenize", async (HttpContext context, TokensEndpoint endpoint) => await endpoint.TokenizeAsync(context))
            .Accepts<TokenizeRequest>(JsonBody, AnyBody).WithTags("Tokens").WithSummary("Text or messages to token ids (vLLM's shape).");
        app.MapPost("/detokenize", async (HttpContext context, TokensEndpoint endpoint) => await endpoint.DetokenizeAsync(context))
            .Accepts<DetokenizeRequest>(JsonBody, AnyBody).WithTags("Tokens").WithSummary("Token ids to text (vLLM's shape).");
        app.MapPost("/apply-template", async (HttpContext context, TokensEndpoint endpoint) => await endpoint.ApplyTemplateAsync(context))
            .Accepts<ApplyTemplateRequest>(JsonBody, AnyBody).WithTags("Tokens").WithSummary("Messages as the model's prompt (llama.cpp's shape).");

        MapHealth(app);
        app.MapFallback((HttpContext context) => NotFound(context)).WithMetadata(new OpenRoute());
    }

    private static void MapHealth(WebApplication app)
    {
        app.MapGet("/health", (HealthEndpoint health) => health.Ready()).WithMetadata(new OpenRoute()).WithTags("Health");
        app.MapGet("/health/live", (HealthEndpoint health) => health.Live()).WithMetadata(new OpenRoute()).WithTags("Health");
        app.MapGet("/health/ready", (HealthEndpoint health) => health.Ready()).WithMetadata(new OpenRoute()).WithTags("Health");
        app.MapGet("/health/startup", (HealthEndpoint health) => health.Startup()).WithMetadata(new OpenRoute()).WithTags("Health");
        app.MapGet("/version", () => new VersionReport(typeof(Routes).Assembly.GetName().Version!.ToString(3))).WithMetadata(new OpenRoute()).WithTags("Health");
    }

    private static void NotFound(HttpContext context) => throw new ApiError(
        HttpStatusCode.NotFound, "invalid_request_error",
        $"Unknown request URL: {context.Request.Method} {context.Request.Path}. Please check the URL for typos; /swagger lists the routes of this server.", null, "unknown_url");
}

internal sealed record VersionReport(string Version);
