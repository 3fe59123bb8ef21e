namespace Hone.Server.Api.Errors;

/// <summary>Outermost of the API's middleware: whatever is thrown becomes an OpenAI error body; what we did not foresee is logged with its cause.</summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left; there is nobody to answer.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var error = ErrorReply.From(exception);
            if ((int)error.Status >= StatusCodes.Status500InternalServerError)
                Failed(log, exception, context.TraceIdentifier, context.Request.Path);
            await ErrorReply.WriteAsync(context, error);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Request {Id} to {Path} failed")]
    private static partial void Failed(ILogger log, Exception exception, string id, string path);
}
