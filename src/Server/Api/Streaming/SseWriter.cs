using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Hone.Server.Api.Errors;

namespace Hone.Server.Api.Streaming;

/// <summary>
/// Server-sent events over one reply: <c>data: {…}</c> frames, comments while nothing happens, <c>[DONE]</c> or one error at the end.
/// Nothing is sent before the first frame, so that an early failure still has an HTTP status of its own.
/// </summary>
internal sealed class SseWriter(HttpContext context)
{
    private readonly PipeWriter pipe = context.Response.BodyWriter;

    /// <summary>The reply has begun: errors can only be events now.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>One frame, written by the caller as a JSON value, and flushed.</summary>
    public async ValueTask DataAsync<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        Begin();
        pipe.Write("data: "u8);
        using (var json = new Utf8JsonWriter(pipe, new JsonWriterOptions { Encoder = Json.Options.Encoder, SkipValidation = true }))
            write(json, state);
        pipe.Write("\n\n"u8);
        await pipe.FlushAsync(context.RequestAborted);
    }

    /// <summary>A comment that clients ignore and proxies take for life.</summary>
    public async ValueTask KeepAliveAsync()
    {
        Begin();
        pipe.Write(": keep-alive\n\n"u8);
        await pipe.FlushAsync(context.RequestAborted);
    }

    public async ValueTask DoneAsync()
    {
        Begin();
        pipe.Write("data: [DONE]\n\n"u8);
        await pipe.FlushAsync(context.RequestAborted);
    }

    /// <summary>The event that ends a stream which failed after it had begun; clients raise it as an API error.</summary>
    public async ValueTask ErrorAsync(ApiError error)
    {
        await DataAsync(error.Body, static (json, body) => JsonSerializer.Serialize(json, body, Json.Options));
    }

    private void Begin()
    {
        if (HasBegun)
            return;
        HasBegun = true;
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache, no-transform";
        context.Response.Headers["x-accel-buffering"] = "no";
    }
}
