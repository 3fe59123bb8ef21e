using System.Text;
using Hone.Engine;

namespace Hone.TestKit.Engines;

/// <summary>All that an engine reported of one request, per choice.</summary>
public sealed class Answer
{
    private Answer(int choices) => Choices = [.. Enumerable.Range(0, choices).Select(_ => new List<GenerationEvent>())];

    /// <summary>Token events of each choice, then its Finished.</summary>
    public IReadOnlyList<List<GenerationEvent>> Choices { get; }

    public List<GenerationEvent> PromptTokens { get; } = [];

    public bool IsStarted { get; private set; }

    public int CachedTokens { get; private set; }

    public EngineException? Error { get; private set; }

    public int[] Tokens(int choice = 0) => [.. Choices[choice].Where(e => e.Kind == GenerationEventKind.Token).Select(e => e.Token)];

    /// <summary>Why the choice ended; throws if its stream ended without a reason.</summary>
    public FinishReason Reason(int choice = 0) => Choices[choice].Single(e => e.Kind == GenerationEventKind.Finished).Reason;

    /// <summary>Reads a generation's events to their end; cancels it after so many tokens of its first choice.</summary>
    public static async Task<Answer> ReadAsync(Generation generation, int choices, CancellationToken cancellation, int? cancelAfter = null)
    {
        var answer = new Answer(choices);
        await foreach (var item in generation.Events.ReadAllAsync(cancellation))
        {
            answer.Add(item);
            if (answer.Choices[0].Count == cancelAfter)
                generation.Dispose();
        }
        return answer;
    }

    /// <summary>Submits and reads to the end.</summary>
    public static Task<Answer> OfAsync(IModelEngine engine, GenerationRequest request, CancellationToken cancellation) =>
        ReadAsync(engine.Submit(request), request.Choices, cancellation);

    /// <summary>Everything that must not depend on what else runs, bit for bit.</summary>
    public string Describe(int choice) =>
        Describe(choice, PromptTokens.Count, Tokens(choice).Length) + (Error?.Code.ToString() ?? (Reason(choice) == FinishReason.Cancelled ? "" : Reason(choice).ToString()));

    /// <summary>The beginning of an answer: when a cancellation arrives is not part of the request.</summary>
    public string Describe(int choice, int promptTokens, int tokens)
    {
        var text = new StringBuilder();
        foreach (var item in PromptTokens.Take(promptTokens).Concat(Choices[choice].Where(e => e.Kind == GenerationEventKind.Token).Take(tokens)))
        {
            text.Append($"{item.Token}:{BitConverter.SingleToUInt32Bits(item.LogProb):x8}");
            foreach (var (token, logProb) in item.Top ?? [])
                text.Append($",{token}:{BitConverter.SingleToUInt32Bits(logProb):x8}");
            text.Append(' ');
        }
        return text.ToString();
    }

    private void Add(in GenerationEvent item)
    {
        switch (item.Kind)
        {
            case GenerationEventKind.Started:
                (IsStarted, CachedTokens) = (true, item.CachedTokens);
                break;
            case GenerationEventKind.PromptToken:
                PromptTokens.Add(item);
                break;
            case GenerationEventKind.Failed:
                Error = item.Error;
                break;
            default:
                Choices[item.Choice].Add(item);
                break;
        }
    }
}
