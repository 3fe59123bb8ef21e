using Hone.Engine;


namespace Hone.Server.Cli.Eval;

internal sealed record PerplexityReport(double Perplexity, double MeanNll, IReadOnlyList<double> Windows);

/// <summary>Scores non-overlapping windows of a text, each alone from position 0; a window's first token is only context.</summary>
internal sealed class Perplexity
{
    private readonly IModelEngine engine;
    private readonly int[] ids;
    private readonly int window;
    private readonly int first;

    /// <param name="count">0 = as many as the text has.</param>
    public Perplexity(IModelEngine engine, int[] ids, int window, int skip, int count)
    {
        if (window < 2 || window > engine.ContextLength)
            throw new SettingException($"--window must be 2 to {engine.ContextLength}, not {window}.");
        var all = ids.Length / window;
        if (skip < 0 || count < 0 || (long)skip + Math.Max(count, 1) > all)
            throw new SettingException($"The text has {all} windows of {window} tokens; --skip {skip} and --windows {count} ask for more.");
        (this.engine, this.ids, this.window, first) = (engine, ids, window, skip);
        WindowCount = count == 0 ? all - skip : count;
    }

    public int WindowCount { get; }

    public async Task<PerplexityReport> RunAsync(Action windowDone, CancellationToken cancel)
    {
        var means = new List<double>(WindowCount);
        for (var i = first; i < first + WindowCount; i++)
        {
            means.Add(await ScoreAsync(ids.AsMemory(i * window, window), cancel));
            windowDone();
        }
        var mean = means.Average();
        return new PerplexityReport(Math.Exp(mean), mean, means);
    }

    private async Task<double> ScoreAsync(ReadOnlyMemory<int> tokens, CancellationToken cancel)
    {
        var (sum, count) = (0.0, 0);
        using var generation = engine.Submit(new GenerationRequest { Prompt = tokens, MaxTokens = 0, PromptLogProbs = true, TopLogProbs = 0 });
        await foreach (var happened in generation.Events.ReadAllAsync(cancel))
        {
            if (happened.Kind == GenerationEventKind.Failed)
                throw happened.Error ?? new EngineException(EngineError.Internal, "The engine failed without saying why.");
            if (happened.Kind == GenerationEventKind.PromptToken)
                (sum, count) = (sum - happened.LogProb, count + 1);
        }
        return count == window - 1 ? sum / count : throw new EngineException(EngineError.Internal, $"{count} of {window - 1} tokens were scored.");
    }
}
