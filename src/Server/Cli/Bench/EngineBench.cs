using System.Diagnostics;
using Hone.Engine;
using Hone.Engine.Sampling;
using Hone.Server.Catalog;

namespace Hone.Server.Cli.Bench;

/// <summary>Rates of a loaded engine: greedy, no stop, nothing from a cache (each run has a salt and ids of its own).</summary>
internal sealed class EngineBench(ModelLease lease, int promptTokens, int generatedTokens, int repeats)
{
    private const int DecodePrompt = 16;
    private int runs;

    /// <summary>Median tokens per second from submission to the first token of one prompt of distinct ids.</summary>
    public Task<double> PrefillAsync(CancellationToken cancel) => MedianAsync(async () =>
    {
        var request = Request(promptTokens, 1);
        var begun = Stopwatch.GetTimestamp();
        using var generation = lease.Engine.Submit(request);
        await foreach (var happened in generation.Events.ReadAllAsync(cancel))
        {
            if (happened.Kind == GenerationEventKind.Token)
                return promptTokens / Stopwatch.GetElapsedTime(begun).TotalSeconds;
            Check(happened);
        }
        throw new EngineException(EngineError.Internal, "The prefill gave no token.");
    });

    /// <summary>Median tokens per second of so many streams together, from when all have begun until the first has ended.</summary>
    public Task<double> DecodeAsync(int streams, CancellationToken cancel) => MedianAsync(async () =>
    {
        var requests = Enumerable.Range(0, streams).Select(_ => Request(DecodePrompt, generatedTokens)).ToList();
        var times = await Task.WhenAll(requests.Select(request => TokenTimesAsync(request, cancel)));
        var begun = times.Max(t => t[0]);
        var ended = times.Min(t => t[^1]);
        return times.Sum(t => t.Count(at => at > begun && at <= ended)) / Stopwatch.GetElapsedTime(begun, ended).TotalSeconds;
    });

    private async Task<List<long>> TokenTimesAsync(GenerationRequest request, CancellationToken cancel)
    {
        var times = new List<long>(request.MaxTokens);
        using var generation = lease.Engine.Submit(request);
        await foreach (var happened in generation.Events.ReadAllAsync(cancel))
        {
            if (happened.Kind == GenerationEventKind.Token)
                times.Add(Stopwatch.GetTimestamp());
            Check(happened);
        }
        return times;
    }

    private GenerationRequest Request(int tokens, int generated)
    {
        var run = runs++;
        var vocabulary = lease.Model.Tokenizer.VocabularySize;
        return new GenerationRequest
        {
            // Distinct ids: consecutive ones from a start of the run's own.
            Prompt = Enumerable.Range(0, tokens).Select(i => (int)((1000L + 7919L * run + i) % vocabulary)).ToArray(),
            MaxTokens = generated,
            Sampling = new SamplingOptions { Temperature = 0 },
            CacheSalt = $"bench {run}",
        };
    }

    private async Task<double> MedianAsync(Func<Task<double>> measure)
    {
        await measure();
        var rates = new List<double>();
        for (var i = 0; i < repeats; i++)
            rates.Add(await measure());
        rates.Sort();
        return repeats % 2 == 1 ? rates[repeats / 2] : (rates[repeats / 2 - 1] + rates[repeats / 2]) / 2;
    }

    private static void Check(GenerationEvent happened)
    {
        if (happened.Kind == GenerationEventKind.Failed)
            throw happened.Error ?? new EngineException(EngineError.Internal, "The engine failed without saying why.");
    }
}
