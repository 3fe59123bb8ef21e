using Hone.Engine;
using Hone.Engine.Sampling;

namespace Hone.Unit.Engine;

internal static class Requests
{
    public static SamplingOptions Greedy { get; } = new() { Temperature = 0 };

    /// <summary>A greedy request.</summary>
    public static GenerationRequest Of(int[] prompt, int maxTokens) => new() { Prompt = prompt, MaxTokens = maxTokens, Sampling = Greedy };

    /// <summary>Token ids that differ from those of other seeds.</summary>
    public static int[] Text(int seed, int length)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(97))];
    }
}
