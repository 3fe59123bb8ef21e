using Hone.Server.Settings;

namespace Hone.Server.Api.Health;

/// <summary>
/// GET /health and its parts. live: the process answers. startup: the first model has been loaded. ready: requests are taken.
/// </summary>
internal sealed class HealthEndpoint(ServerState state)
{
    public IResult Live() => Results.Json(new HealthReport("ok"));

    public IResult Startup() => Report(state.HasStarted, "loading");

    public IResult Ready() => Report(state.IsReady, state.HasStarted ? "draining" : "loading");

    private static IResult Report(bool good, string otherwise) =>
        Results.Json(new HealthReport(good ? "ok" : otherwise), statusCode: good ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}

internal sealed record HealthReport(string Status);
