using Hone.Engine.Cache;
using Hone.Engine.Scheduling;
using Hone.Models;

namespace Hone.Engine;

/// <summary>
/// Serves one model on one thread of its own. Submitting and cancelling are messages to that thread; events come back over each
/// request's channel. Owns the runner.
/// </summary>
public sealed class ModelEngine : IModelEngine, IDisposable
{
    private readonly IModelRunner runner;
    private readonly EngineLimits limits;
    private readonly StateCache cache;
    private readonly Scheduler scheduler;
    private readonly Counters counters = new();
    private readonly Lock gate = new();
    private readonly AutoResetEvent wake = new(false);
    private readonly Queue<RequestState> inbox = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread thread;
    private EngineException? closed;
    private volatile bool isStopping;
    private long submitted;

    public ModelEngine(IModelRunner runner, EngineOptions options)
    {
        this.runner = runner;
        limits = new EngineLimits(options, runner);
        cache = new StateCache(runner, limits.ContextLength);
        scheduler = new Scheduler(runner, limits, cache, counters);
        counters.Observe(cache);
        thread = new Thread(Loop) { Name = "hone engine", IsBackground = true };
        thread.Start();
    }

    /// <inheritdoc/>
    public int ContextLength => limits.ContextLength;

    /// <inheritdoc/>
    public string Fingerprint => runner.Fingerprint;

    public EngineStatistics Statistics => counters.Snapshot(cache);

    /// <summary>Ends when the engine's thread has: after a drain, after disposal, or with the error that stopped the engine.</summary>
    public Task Completion => ended.Task;

    /// <inheritdoc/>
    public Generation Submit(GenerationRequest request)
    {
        Check(request);
        lock (gate)
        {
            if (closed is not null)
                throw new EngineException(closed.Code, closed.Message, closed);
            if (Interlocked.Increment(ref counters.Queued) > limits.MaxQueue)
            {
                Interlocked.Decrement(ref counters.Queued);
                throw new EngineException(EngineError.QueueFull, $"{limits.MaxQueue} requests are waiting already.");
            }
            var state = new RequestState(request, submitted++, counters, scheduler.NoteCancel);
            inbox.Enqueue(state);
            wake.Set();
            return state.Generation;
        }
    }

    /// <summary>Refuses new requests; the task ends when those submitted have.</summary>
    public Task DrainAsync()
    {
        Close(new EngineException(EngineError.ShuttingDown, "The engine is shutting down."));
        return ended.Task;
    }

    /// <summary>Fails what still runs and frees the model.</summary>
    public void Dispose()
    {
        if (isStopping)
            return;
        isStopping = true;
        Close(new EngineException(EngineError.ShuttingDown, "The engine is shutting down."));
        thread.Join();
        runner.Dispose();
        wake.Dispose();
    }

    private void Check(GenerationRequest request)
    {
        if (request.Prompt.Length == 0 || request.Choices is < 1 or > 16 || request.MaxTokens < (request.PromptLogProbs ? 0 : 1) || request.TopLogProbs is < 0 or > 20)
            throw new ArgumentException($"A request of {request.Prompt.Length} prompt tokens, {request.Choices} choices, {request.MaxTokens} tokens and {request.TopLogProbs} log-probabilities.");
        if ((long)request.Prompt.Length + request.MaxTokens > ContextLength)
        {
            throw new EngineException(
                EngineError.ContextTooLong,
                $"The context holds {ContextLength} tokens; the request has {request.Prompt.Length} in its prompt and asks for up to {request.MaxTokens} more.");
        }
    }

    private void Close(EngineException reason)
    {
        lock (gate)
        {
            closed ??= reason;
            if (!ended.Task.IsCompleted)
                wake.Set();
        }
    }

    private void Loop()
    {
        try
        {
            while (Receive() && !isStopping)
                scheduler.Step();
            End(closed!);
            ended.SetResult();
        }
        catch (Exception e)
        {
            // A contradiction in the engine's own books: nothing it holds can be trusted, so it serves no more.
            End(new EngineException(EngineError.Internal, $"The engine has stopped: {e.Message}", e));
            ended.SetException(e);
        }
    }

    /// <summary>Takes in new requests, waiting for one if there is nothing to do; false once the engine is closed and done.</summary>
    private bool Receive()
    {
        while (true)
        {
            lock (gate)
            {
                while (inbox.TryDequeue(out var request))
                    scheduler.Enqueue(request);
                if (scheduler.HasWork)
                    return true;
                if (closed is not null)
                    return false;
            }
            wake.WaitOne();
        }
    }

    private void End(EngineException reason)
    {
        lock (gate)
        {
            closed = reason;
            scheduler.FailAll(reason);
            while (inbox.TryDequeue(out var request))
                request.Fail(reason);
        }
    }
}
