using Hone.Server.Api.Errors;
using Hone.Server.Auth;
using Hone.Server.Settings;

namespace Hone.Server.Hosting;

/// <summary>While the server drains or still loads, requests get a 503 that says so; health checks are answered as ever.</summary>
internal sealed class DrainMiddleware(RequestDelegate next, ServerState state)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (state.IsReady || context.GetEndpoint()?.Metadata.GetMetadata<OpenRoute>() is not null)
            return next(context);
        throw ApiError.Overloaded(state.IsDraining ? "The server is shutting down. Please try again." : "The model is still loading. Please try again in a moment.");
    }
}
