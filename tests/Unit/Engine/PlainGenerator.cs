using Hone.Engine;
using Hone.Engine.Sampling;
using Hone.Models;

namespace Hone.Unit.Engine;

/// <summary>What a request must yield, said as plainly as possible: the whole text run anew for every token, the plain sampler, no cache.</summary>
internal static class PlainGenerator
{
    /// <summary>Tokens of one choice.</summary>
    public static int[] Tokens(IModelRunner runner, GenerationRequest request, int choice = 0)
    {
        var text = request.Prompt.ToArray().ToList();
        var occurrences = TokenOccurrences.For(request.Sampling, request.Prompt.Span);
        for (var generated = 0; generated < request.MaxTokens; generated++)
        {
            var token = PlainSampler.Next(Logits(runner, request, text), new Draw
            {
                Options = request.Sampling,
                Bias = request.Sampling.LogitBias.ToArray(),
                Occurrences = occurrences,
                Banned = generated < request.MinTokens ? request.StopTokens.ToArray() : [],
                Choice = choice,
                Position = text.Count,
            });
            text.Add(token);
            occurrences?.Add(token);
            if (request.StopTokens.Contains(token))
                break;
        }
        return [.. text.Skip(request.Prompt.Length)];
    }

    /// <summary>Logits of the text's last row.</summary>
    public static ReadOnlySpan<float> Logits(IModelRunner runner, GenerationRequest request, IReadOnlyList<int> text)
    {
        if (runner.SlotCount > 0)
            runner.ResetSlot(0);
        var batch = new Batch();
        batch.Add(new Segment
        {
            First = batch.Append([.. text]),
            Count = text.Count,
            Past = 0,
            Blocks = Enumerable.Range(0, runner.BlockCount).ToArray(),
            Slot = runner.SlotCount > 0 ? 0 : -1,
            Adapter = request.Adapter,
            OutputFrom = text.Count - 1,
            RopeLength = runner.Graph.RecomputesWhole ? 0 : request.Prompt.Length + request.MaxTokens,
        });
        return runner.Run(batch);
    }
}
