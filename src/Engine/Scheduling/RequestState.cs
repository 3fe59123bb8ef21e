using System.Numerics;
using System.Threading.Channels;

namespace Hone.Engine.Scheduling;

/// <summary>One submitted request: its event channel and which of its choices have ended. Choices are bits.</summary>
internal sealed class RequestState
{
    private readonly Channel<GenerationEvent> events = Channel.CreateUnbounded<GenerationEvent>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly Counters counters;
    private bool isQueued = true;
    private int cancelled;
    private int ended;

    /// <param name="request">What was asked for.</param>
    /// <param name="order">Position in the order of arrival.</param>
    /// <param name="counters">Where the request counts as queued until it is admitted or ends.</param>
    /// <param name="noteCancel">Called by whoever cancels, on their thread.</param>
    public RequestState(GenerationRequest request, long order, Counters counters, Action noteCancel)
    {
        (Request, Order, this.counters) = (request, order, counters);
        StopTokens = [.. request.StopTokens];
        Bias = [.. request.Sampling.LogitBias];
        Generation = new Generation(events.Reader, choice =>
        {
            Interlocked.Or(ref cancelled, choice < 0 ? All : All & (1 << choice));
            noteCancel();
        });
    }

    public GenerationRequest Request { get; }

    public long Order { get; }

    public Generation Generation { get; }

    public int[] StopTokens { get; }

    public KeyValuePair<int, float>[] Bias { get; }

    /// <summary>Length that length-dependent rope is computed for; 0 = none.</summary>
    public int RopeLength { get; set; }

    /// <summary>True once the prompt's last row was drawn from for every choice.</summary>
    public bool IsBranched { get; set; }

    /// <summary>Rows of the prompt whose log-probabilities were reported.</summary>
    public int ReportedRows { get; set; }

    public bool WantsPromptRows => Request.PromptLogProbs && ReportedRows < Request.Prompt.Length - 1;

    public bool IsStarted { get; private set; }

    public bool HasFailed { get; private set; }

    public bool IsAnyCancelled => Volatile.Read(ref cancelled) != 0;

    private int All => (1 << Request.Choices) - 1;

    public bool HasEnded(int choice) => (ended & (1 << choice)) != 0;

    public bool IsCancelled(int choice) => (Volatile.Read(ref cancelled) & (1 << choice)) != 0;

    public void Emit(in GenerationEvent item) => events.Writer.TryWrite(item);

    /// <summary>Reports the admission; called once.</summary>
    public void Start(int cachedTokens)
    {
        IsStarted = true;
        LeaveQueue();
        Emit(new GenerationEvent { Kind = GenerationEventKind.Started, CachedTokens = cachedTokens });
    }

    /// <summary>Ends one choice; the last one ends the channel.</summary>
    public void Finish(int choice, FinishReason reason)
    {
        if (HasEnded(choice))
            return;
        Emit(new GenerationEvent { Kind = GenerationEventKind.Finished, Choice = choice, Reason = reason });
        End(1 << choice);
    }

    /// <summary>Ends every cancelled choice; returns the first that goes on, or 0.</summary>
    public int FinishCancelled()
    {
        for (var choice = 0; choice < Request.Choices; choice++)
        {
            if (IsCancelled(choice))
                Finish(choice, FinishReason.Cancelled);
        }
        return ended == All ? 0 : BitOperations.TrailingZeroCount(~ended);
    }

    /// <summary>Ends all choices with an error.</summary>
    public void Fail(EngineException error)
    {
        if (ended == All)
            return;
        HasFailed = true;
        Emit(new GenerationEvent { Kind = GenerationEventKind.Failed, Error = error });
        End(All);
    }

    private void End(int choices)
    {
        ended |= choices;
        if (ended != All)
            return;
        LeaveQueue();
        events.Writer.Complete();
    }

    private void LeaveQueue()
    {
        if (isQueued)
            Interlocked.Decrement(ref counters.Queued);
        isQueued = false;
    }
}
