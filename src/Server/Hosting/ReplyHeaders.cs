using System.Diagnostics;
using Hone.Server.Api;

namespace Hone.Server.Hosting;

/// <summary>Headers that every reply carries: its id, the time it took to begin, and what browsers may do with it.</summary>
internal sealed class ReplyHeaders(RequestDelegate next)
{
    /// <summary>The pages load nothing but the server's own files and run no inline script: model output can't execute.</summary>
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Swagger's own page has inline script and style; it is served as it comes and shows no model output.</summary>
    private const string SwaggerPolicy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var begun = Stopwatch.GetTimestamp();
        context.TraceIdentifier = Ids.New("req_");
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers["x-request-id"] = context.TraceIdentifier;
            headers["openai-processing-ms"] = ((long)Stopwatch.GetElapsedTime(begun).TotalMilliseconds).ToString();
            headers["x-content-type-options"] = "nosniff";
            headers["referrer-policy"] = "no-referrer";
            if (context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
                headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/swagger") ? SwaggerPolicy : PagePolicy;
            return Task.CompletedTask;
        });
        return next(context);
    }
}
