using System.Threading.Channels;
using Hone.Engine;

namespace Hone.Unit.Server.Support;

/// <summary>An engine that says what a test tells it to, so that the API can be tested without a model: each choice gets the scripted tokens, then the scripted end.</summary>
internal sealed class ScriptedEngine : IModelEngine
{
    /// <summary>Tokens of every choice.</summary>
    public IReadOnlyList<int> Tokens { get; set; } = [];

    /// <summary>Fails each request after so many tokens.</summary>
    public int? FailAfter { get; set; }

    /// <summary>Thrown by Submit.</summary>
    public EngineException? Refusal { get; set; }

    /// <summary>Requests wait here before their first token and after each.</summary>
    public SemaphoreSlim? Gate { get; set; }

    public List<GenerationRequest> Requests { get; } = [];

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int ContextLength { get; set; } = 512;

    public string Fingerprint => "scripted";

    public Generation Submit(GenerationRequest request)
    {
        if (Refusal is not null)
            throw Refusal;
        Requests.Add(request);
        var events = Channel.CreateUnbounded<GenerationEvent>();
        var stop = new CancellationTokenSource();
        _ = PlayAsync(request, events.Writer, stop.Token);
        return new Generation(events.Reader, choice =>
        {
            if (choice >= 0)
                return;
            stop.Cancel();
            Cancelled.TrySetResult();
        });
    }

    private async Task PlayAsync(GenerationRequest request, ChannelWriter<GenerationEvent> events, CancellationToken stop)
    {
        try
        {
            await events.WriteAsync(new GenerationEvent { Kind = GenerationEventKind.Started, CachedTokens = 1 }, stop);
            if (request.PromptLogProbs)
            {
                foreach (var token in request.Prompt[1..].ToArray())
                    await events.WriteAsync(Scored(GenerationEventKind.PromptToken, 0, token, request), stop);
            }
            for (var i = 0; i < Math.Min(Tokens.Count, request.MaxTokens); i++)
            {
                if (Gate is not null)
                    await Gate.WaitAsync(stop);
                if (i == FailAfter)
                {
                    await events.WriteAsync(new GenerationEvent { Kind = GenerationEventKind.Failed, Error = new EngineException(EngineError.Internal, "scripted failure") }, stop);
                    return;
                }
                for (var choice = 0; choice < request.Choices; choice++)
                    await events.WriteAsync(Scored(GenerationEventKind.Token, choice, Tokens[i], request), stop);
            }
            var reason = Tokens.Count > 0 && request.StopTokens.Contains(Tokens[^1]) && Tokens.Count <= request.MaxTokens ? FinishReason.Stop : FinishReason.Length;
            for (var choice = 0; choice < request.Choices; choice++)
                await events.WriteAsync(new GenerationEvent { Kind = GenerationEventKind.Finished, Choice = choice, Reason = reason }, stop);
        }
        catch (OperationCanceledException)
        {
            // The request was cancelled: its stream just ends.
        }
        finally
        {
            events.Complete();
        }
    }

    private static GenerationEvent Scored(GenerationEventKind kind, int choice, int token, GenerationRequest request) => new()
    {
        Kind = kind,
        Choice = choice,
        Token = token,
        LogProb = -0.5f,
        Top = request.TopLogProbs is > 0 and var count ? [.. Enumerable.Range(0, count).Select(i => new TokenLogProb(token + i, -0.5f - i))] : request.TopLogProbs is 0 ? [] : null,
    };
}
