using Hone.Engine.Sampling;

namespace Hone.Engine.Scheduling;

/// <summary>Turns rows of logits into tokens and events, and branches a request into its choices when its prompt is done.</summary>
internal sealed class Outputs(int vocabulary, AgeList waiting, Counters counters)
{
    private readonly Sampler sampler = new(vocabulary);

    /// <summary>Takes the rows that a sequence's step yielded; its states stand after the step.</summary>
    /// <param name="sequence">A sequence that has just run.</param>
    /// <param name="end">Position after the last one computed.</param>
    /// <param name="logits">Its rows, the last of which is position <paramref name="end"/> − 1.</param>
    public void Take(Sequence sequence, int end, ReadOnlySpan<float> logits)
    {
        var known = sequence.Count;
        for (var position = end - (logits.Length / vocabulary); position < end && !sequence.HasEnded; position++)
        {
            if (sequence.Owner.WantsPromptRows && position == sequence.Owner.ReportedRows)
                ReportPromptToken(sequence.Owner, position + 1, logits[..vocabulary]);
            else if (position == known - 1 && sequence.Owner.Request.MaxTokens > 0)
                DrawNext(sequence, logits[..vocabulary]);
            logits = logits[vocabulary..];
        }
        if (end == known && sequence.Owner.Request.MaxTokens == 0)
            FinishAll(sequence.Owner);
    }

    private static void FinishAll(RequestState owner)
    {
        for (var choice = 0; choice < owner.Request.Choices; choice++)
            owner.Finish(choice, FinishReason.Length);
    }

    private static void ReportPromptToken(RequestState owner, int position, ReadOnlySpan<float> row)
    {
        owner.ReportedRows = position;
        if (Describe(owner, GenerationEventKind.PromptToken, 0, owner.Request.Prompt.Span[position], row) is { } item)
            owner.Emit(item);
        else
            FailRow(owner, position);
    }

    private void DrawNext(Sequence sequence, ReadOnlySpan<float> row)
    {
        var owner = sequence.Owner;
        if (owner.IsBranched)
        {
            Draw(sequence, row);
            return;
        }
        owner.IsBranched = true;
        for (var choice = sequence.Choice + 1; choice < owner.Request.Choices; choice++)
        {
            if (owner.HasEnded(choice))
                continue;
            var branch = new Sequence(owner) { Choice = choice };
            Draw(branch, row);
            if (!branch.HasEnded)
                waiting.Add(branch);
        }
        Draw(sequence, row);
    }

    private void Draw(Sequence sequence, ReadOnlySpan<float> row)
    {
        var owner = sequence.Owner;
        if (sequence.HasEnded)
            return;
        var token = sampler.Next(row, new Draw
        {
            Options = owner.Request.Sampling,
            Bias = owner.Bias,
            Occurrences = sequence.Occurrences,
            Banned = sequence.Generated < owner.Request.MinTokens ? owner.StopTokens : [],
            Choice = sequence.Choice,
            Position = sequence.Count,
        });
        if (token < 0 || Describe(owner, GenerationEventKind.Token, sequence.Choice, token, row) is not { } item)
        {
            FailRow(owner, sequence.Count);
            return;
        }
        sequence.Append(token);
        counters.GeneratedTokens++;
        owner.Emit(item);
        if (Array.IndexOf(owner.StopTokens, token) >= 0)
            owner.Finish(sequence.Choice, FinishReason.Stop);
        else if (sequence.Generated == owner.Request.MaxTokens)
            owner.Finish(sequence.Choice, FinishReason.Length);
    }

    /// <summary>The event of a token with the log-probabilities that were asked for; null if the row has none.</summary>
    private static GenerationEvent? Describe(RequestState owner, GenerationEventKind kind, int choice, int token, ReadOnlySpan<float> row)
    {
        var wanted = owner.Request.TopLogProbs ?? (kind == GenerationEventKind.PromptToken ? 0 : -1);
        if (wanted < 0)
            return new GenerationEvent { Kind = kind, Choice = choice, Token = token };
        var logSum = LogProbabilities.LogSum(row);
        if (double.IsNaN(logSum))
            return null;
        return new GenerationEvent
        {
            Kind = kind,
            Choice = choice,
            Token = token,
            LogProb = (float)(row[token] - logSum),
            Top = wanted > 0 ? LogProbabilities.Top(row, logSum, wanted) : null,
        };
    }

    private static void FailRow(RequestState owner, int position) => owner.Fail(new EngineException(
        EngineError.Internal, $"No token can be drawn for position {position}: its logits hold a NaN or no finite maximum."));
}
