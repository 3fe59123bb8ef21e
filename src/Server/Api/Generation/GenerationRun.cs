using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Hone.Engine;
using Hone.Server.Catalog;

namespace Hone.Server.Api.Generation;

/// <summary>What happened to one choice. Exactly one update of a choice has a <paramref name="Finish"/>, and it is the last.</summary>
/// <param name="Index">Prompt number · n + choice.</param>
/// <param name="Finish">stop, length, or null while the choice goes on.</param>
/// <param name="PromptToken">A prompt token with its log-probability (echo).</param>
internal readonly record struct ChoiceUpdate(int Index, TextPiece Piece, string? Finish, GenerationEvent? PromptToken = null);

/// <summary>
/// The requests behind one HTTP request, from submission to the last event. Streaming and non-streaming replies read the
/// same updates. Disposing frees whatever still runs.
/// </summary>
internal sealed class GenerationRun : IDisposable
{
    private readonly List<Engine.Generation> generations = [];
    private readonly ChoiceText[] texts;
    private readonly int choicesEach;
    private readonly Presentation presentation;

    private GenerationRun(ModelLease lease, IReadOnlyList<GenerationRequest> requests, Presentation presentation)
    {
        this.presentation = presentation;
        choicesEach = requests[0].Choices;
        texts = new ChoiceText[requests.Count * choicesEach];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = new ChoiceText(lease.Model.Tokenizer, presentation);
        PromptTokens = requests.Sum(r => r.Prompt.Length);
    }

    /// <summary>Choices over all prompts.</summary>
    public int ChoiceCount => texts.Length;

    /// <summary>Tokens of all prompts.</summary>
    public int PromptTokens { get; }

    /// <summary>Generated tokens of all choices so far.</summary>
    public int CompletionTokens => texts.Sum(t => t.TokenCount);

    /// <summary>Prompt tokens that came from the prefix cache.</summary>
    public int CachedTokens { get; private set; }

    /// <summary>Submits all requests, or none.</summary>
    public static GenerationRun Start(ModelLease lease, IReadOnlyList<GenerationRequest> requests, Presentation presentation)
    {
        var run = new GenerationRun(lease, requests, presentation);
        try
        {
            foreach (var request in requests)
                run.generations.Add(lease.Engine.Submit(request));
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>All updates in order of arrival. Ends when every choice has finished; a failure, or an end without finish, throws.</summary>
    public async IAsyncEnumerable<ChoiceUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var open = texts.Length;
        await foreach (var (request, happened) in EventsAsync(cancel))
        {
            var index = request * choicesEach + happened.Choice;
            switch (happened.Kind)
            {
                case GenerationEventKind.Started:
                    CachedTokens += happened.CachedTokens;
                    break;
                case GenerationEventKind.PromptToken:
                    yield return new ChoiceUpdate(index, new TextPiece("", []), null, happened);
                    break;
                case GenerationEventKind.Token:
                    var text = texts[index];
                    var wasStopped = text.Stopped;
                    var piece = text.Append(happened);
                    if (text.Stopped && !wasStopped)
                        generations[request].CancelChoice(happened.Choice);
                    if (!piece.IsEmpty)
                        yield return new ChoiceUpdate(index, piece, null);
                    break;
                case GenerationEventKind.Finished:
                    var rest = texts[index].Flush();
                    open--;
                    yield return new ChoiceUpdate(index, rest, FinishName(happened.Reason, texts[index].Stopped));
                    break;
                case GenerationEventKind.Failed:
                    throw happened.Error ?? new EngineException(EngineError.Internal, "The engine failed without saying why.");
            }
        }
        if (open > 0)
            throw new EngineException(EngineError.Internal, $"The engine's stream ended with {open} of {texts.Length} choices unfinished.");
    }

    public void Dispose()
    {
        foreach (var generation in generations)
            generation.Dispose();
    }

    private static string FinishName(FinishReason reason, bool stopped) =>
        stopped || reason == FinishReason.Stop ? "stop"
        : reason == FinishReason.Length ? "length"
        : throw new EngineException(EngineError.ShuttingDown, "The generation was cancelled.");

    private IAsyncEnumerable<(int Request, GenerationEvent Event)> EventsAsync(CancellationToken cancel) =>
        generations.Count == 1 ? OneAsync(cancel) : ManyAsync(cancel);

    private async IAsyncEnumerable<(int, GenerationEvent)> OneAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var happened in generations[0].Events.ReadAllAsync(cancel))
            yield return (0, happened);
    }

    private async IAsyncEnumerable<(int, GenerationEvent)> ManyAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var merged = Channel.CreateUnbounded<(int, GenerationEvent)>(new UnboundedChannelOptions { SingleReader = true });
        var pumps = Task.WhenAll(generations.Select((generation, i) => PumpAsync(generation, i, merged.Writer, cancel)));
        var closing = pumps.ContinueWith(done => merged.Writer.Complete(done.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await foreach (var happened in merged.Reader.ReadAllAsync(cancel))
            yield return happened;
        await closing;
    }

    private static async Task PumpAsync(Engine.Generation generation, int index, ChannelWriter<(int, GenerationEvent)> merged, CancellationToken cancel)
    {
        await foreach (var happened in generation.Events.ReadAllAsync(cancel))
            await merged.WriteAsync((index, happened), cancel);
    }
}
