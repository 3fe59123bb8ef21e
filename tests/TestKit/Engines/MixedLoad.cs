using Hone.Engine;
using Hone.Engine.Sampling;

namespace Hone.TestKit.Engines;

/// <summary>
/// A seeded mix of requests: fresh prompts, shared beginnings, continuations and edits of earlier ones; every sampling option;
/// several choices, echo, log-probabilities; some are cancelled on the way.
/// With prompts up to just below a block border and a small pool, some are sure to be preempted.
/// </summary>
public sealed class MixedLoad(int seed, int vocabulary, int longestPrompt, int longestAnswer)
{
    private readonly Random random = new(seed);
    private readonly List<int[]> prompts = [];

    public IEnumerable<LoadItem> Take(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (i % 20 == 0)
            {
                yield return new LoadItem(Crowding((ulong)i), null);
                continue;
            }
            var prompt = Prompt();
            prompts.Add(prompt);
            var choices = random.Next(6) == 0 ? random.Next(2, 5) : 1;
            var request = new GenerationRequest
            {
                Prompt = prompt,
                MaxTokens = random.Next(1, longestAnswer + 1),
                Choices = choices,
                Sampling = Sampling((ulong)i),
                StopTokens = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(vocabulary))],
                MinTokens = random.Next(3) == 0 ? random.Next(longestAnswer) : 0,
                TopLogProbs = random.Next(4) == 0 ? random.Next(6) : null,
                PromptLogProbs = random.Next(12) == 0,
                TurnBoundaries = random.Next(2) == 0 ? [prompt.Length / 2, Math.Max(1, prompt.Length - 3)] : [],
                CacheSalt = random.Next(10) == 0 ? "other" : "",
            };
            yield return new LoadItem(request, random.Next(5) == 0 ? random.Next(longestAnswer) : null);
        }
    }

    /// <summary>Four choices whose prompt ends just before a block does: they want their next blocks together.</summary>
    private GenerationRequest Crowding(ulong id) => new()
    {
        Prompt = Fresh(longestPrompt),
        MaxTokens = longestAnswer,
        Choices = 4,
        Sampling = new SamplingOptions { Seed = id },
    };

    private int[] Prompt()
    {
        var kind = prompts.Count < 4 ? 3 : random.Next(4);
        if (kind == 3)
            return Fresh(random.Next(4) == 0 ? longestPrompt : random.Next(1, (longestPrompt / 2) + 2));
        var earlier = prompts[random.Next(prompts.Count)];
        if (kind == 0)
            return earlier;
        var common = kind == 1 ? earlier.Length : random.Next(earlier.Length);
        return [.. earlier.Take(common).Concat(Fresh(random.Next(1, 30))).Take(longestPrompt)];
    }

    private int[] Fresh(int length) => [.. Enumerable.Range(0, length).Select(_ => random.Next(vocabulary))];

    private SamplingOptions Sampling(ulong id) => random.Next(8) switch
    {
        0 or 1 => new SamplingOptions { Temperature = 0 },
        2 => new SamplingOptions { Seed = id },
        3 => new SamplingOptions { Seed = id, Temperature = 0.7, TopP = 0.9, TopK = 40 },
        4 => new SamplingOptions { Seed = id, Temperature = 1.3, MinP = 0.05 },
        5 => new SamplingOptions { Seed = id, TypicalP = 0.8, LogitBias = new Dictionary<int, float> { [random.Next(vocabulary)] = 4, [random.Next(vocabulary)] = -100 } },
        6 => new SamplingOptions { Seed = id, FrequencyPenalty = 0.7, PresencePenalty = 0.4 },
        _ => new SamplingOptions { Temperature = 0, RepetitionPenalty = 1.2 },
    };
}

/// <summary>A request and, if it is to be cancelled, after how many of its first choice's tokens.</summary>
public readonly record struct LoadItem(GenerationRequest Request, int? CancelAfter);
