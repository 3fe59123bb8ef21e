using System.Net;
using System.Text.Json;
using Hone.Engine;

namespace Hone.Server.Api.Errors;

/// <summary>What an exception says to the client: the same error as an HTTP reply and as the last event of a stream.</summary>
internal static class ErrorReply
{
    /// <summary>The client's view of an exception. What is not foreseen is a 500 whose cause stays in the log.</summary>
    public static ApiError From(Exception exception) => exception switch
    {
        ApiError error => error,
        EngineException engine => FromEngine(engine),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new ApiError(
            HttpStatusCode.RequestEntityTooLarge, "invalid_request_error", "The request body is larger than this server accepts.", null, "request_too_large"),
        BadHttpRequestException bad => new ApiError((HttpStatusCode)bad.StatusCode, "invalid_request_error", bad.Message),
        _ => ApiError.Internal(),
    };

    /// <summary>The reply with status, retry headers and body. Does nothing once the reply has begun.</summary>
    public static async Task WriteAsync(HttpContext context, ApiError error)
    {
        if (context.Response.HasStarted)
            return;
        context.Response.Clear();
        context.Response.StatusCode = (int)error.Status;
        if (error.RetryAfterSeconds is int seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString();
            context.Response.Headers["x-should-retry"] = "true";
        }
        else
        {
            context.Response.Headers["x-should-retry"] = "false";
        }
        if (error.Status == HttpStatusCode.Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(error.Body, Json.Options), context.RequestAborted);
    }

    private static ApiError FromEngine(EngineException engine) => engine.Code switch
    {
        EngineError.QueueFull => ApiError.Overloaded("The server's queue is full. Please try again in a moment."),
        EngineError.ShuttingDown => ApiError.Overloaded("The server is shutting down. Please try again."),
        EngineError.OutOfMemory => ApiError.Overloaded(engine.Message),
        EngineError.ContextTooLong => ApiError.Invalid("messages", engine.Message, "context_length_exceeded"),
        _ => ApiError.Internal(),
    };
}
