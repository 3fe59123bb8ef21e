using System.Net;
using Hone.Server.Api.Errors;

namespace Hone.Server.Auth;

/// <summary>
/// On a loopback bind the Host header must name loopback too: a page on the internet whose name has been pointed at 127.0.0.1
/// (DNS rebinding) must not reach a server that asks for no key.
/// </summary>
internal sealed class LoopbackHostMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        if (!Loopback.IsName(host))
            throw new ApiError(HttpStatusCode.Forbidden, "invalid_request_error", $"The Host '{host}' is not this server's: it listens on loopback only.", null, "host_not_allowed");
        return next(context);
    }
}

/// <summary>What counts as this machine only.</summary>
internal static class Loopback
{
    public static bool IsName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);
}
