using Hone.Server.Api.Errors;
using Hone.Server.Api.Generation;

namespace Hone.Server.Api.Streaming;

/// <summary>What a resource sends for a run: how it opens, each update, and how it closes.</summary>
internal interface IStreamFrames
{
    /// <summary>Called once, before the first update, when the run is known to have begun.</summary>
    ValueTask OpenAsync(SseWriter sse);

    ValueTask UpdateAsync(SseWriter sse, ChoiceUpdate update);

    /// <summary>Called once, after the last choice has finished; before [DONE].</summary>
    ValueTask CloseAsync(SseWriter sse);
}

/// <summary>Streams a run: waits for its first event before the reply begins, sends comments while it is silent, and ends with [DONE] or one error event.</summary>
internal static partial class StreamReply
{
    public static async Task SendAsync(HttpContext context, GenerationRun run, IStreamFrames frames, TimeSpan keepAlive, ILogger log)
    {
        var sse = new SseWriter(context);
        try
        {
            await using var updates = run.ReadAsync(context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);
            var opened = false;
            while (await NextAsync(updates, sse, keepAlive))
            {
                if (!opened)
                    await frames.OpenAsync(sse);
                opened = true;
                await frames.UpdateAsync(sse, updates.Current);
            }
            await frames.CloseAsync(sse);
            await sse.DoneAsync();
        }
        catch (Exception exception) when (sse.HasBegun && !context.RequestAborted.IsCancellationRequested)
        {
            var error = ErrorReply.From(exception);
            if ((int)error.Status >= StatusCodes.Status500InternalServerError)
                Failed(log, exception, context.TraceIdentifier);
            await sse.ErrorAsync(error);
        }
    }

    /// <summary>Waits for the next update. What stays silent for long begins the reply with a comment, so that no client or proxy gives up.</summary>
    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<ChoiceUpdate> updates, SseWriter sse, TimeSpan keepAlive)
    {
        var next = updates.MoveNextAsync();
        if (next.IsCompleted)
            return await next;
        var task = next.AsTask();
        while (true)
        {
            try
            {
                return await task.WaitAsync(keepAlive);
            }
            catch (TimeoutException) when (!task.IsCompleted)
            {
                await sse.KeepAliveAsync();
            }
        }
    }

    [LoggerMessage(2, LogLevel.Error, "The stream of request {Id} failed")]
    private static partial void Failed(ILogger log, Exception exception, string id);
}
