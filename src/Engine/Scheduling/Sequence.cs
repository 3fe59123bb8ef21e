using Hone.Engine.Cache;
using Hone.Engine.Sampling;

namespace Hone.Engine.Scheduling;

/// <summary>
/// One choice of a request, waiting (without state) or running. Until a request is branched, one sequence computes the prompt
/// for all its choices.
/// </summary>
internal sealed class Sequence
{
    /// <summary>Generated tokens that there is room for from the start, so that few sequences grow while they decode.</summary>
    private const int Headroom = 1024;

    private int[] tokens;

    /// <summary>The sequence that computes a request's prompt.</summary>
    public Sequence(RequestState owner)
    {
        Owner = owner;
        var prompt = owner.Request.Prompt.Span;
        tokens = new int[prompt.Length + Math.Min(owner.Request.MaxTokens, Headroom)];
        prompt.CopyTo(tokens);
        Count = prompt.Length;
        Occurrences = TokenOccurrences.For(owner.Request.Sampling, prompt);
    }

    public RequestState Owner { get; }

    public int Choice { get; set; }

    /// <summary>What it holds of the model's memory; null while it waits.</summary>
    public SequenceState? State { get; set; }

    /// <summary>Tokens known: the prompt and what was drawn.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<int> Tokens => tokens.AsSpan(0, Count);

    /// <summary>Counts of its tokens, kept only if a penalty needs them.</summary>
    public TokenOccurrences? Occurrences { get; }

    public int Generated => Count - Owner.Request.Prompt.Length;

    /// <summary>Tokens that the states of a running sequence hold.</summary>
    public int Past => State!.Length;

    /// <summary>Tokens that they do not hold yet: at least one.</summary>
    public int Pending => Count - Past;

    public bool IsDecoding => Pending == 1 && Generated > 0;

    /// <summary>Tokens up to which its text equalled a cached one when it was admitted.</summary>
    public int Parting { get; set; }

    /// <summary>Length at which its recurrent state is checkpointed next; the step must end there. 0 = nowhere.</summary>
    public int Cut { get; set; }

    /// <summary>Tokens it computes in this step.</summary>
    public int Grant { get; set; }

    /// <summary>First row of this step whose logits are wanted; <see cref="Grant"/> = none.</summary>
    public int OutputFrom { get; set; }

    public bool HasEnded => Owner.HasEnded(Choice);

    public void Append(int token)
    {
        if (Count == tokens.Length)
            Array.Resize(ref tokens, 2 * tokens.Length);
        tokens[Count++] = token;
        Occurrences?.Add(token);
    }

    /// <summary>
    /// Decides which rows of the grant yield logits: the last known token's, to draw the next, or those of prompt tokens whose
    /// log-probabilities are still to be reported. One row is the sequence's own; if the spare ones do not reach, the grant shrinks.
    /// </summary>
    public void ChooseRows(ref int spareRows)
    {
        if (!Owner.WantsPromptRows)
        {
            OutputFrom = Past + Grant == Count && Owner.Request.MaxTokens > 0 ? Grant - 1 : Grant;
            return;
        }
        OutputFrom = Math.Min(Owner.ReportedRows - Past, Grant);
        if (OutputFrom == Grant)
            return;
        var extra = Math.Min(Grant - OutputFrom - 1, spareRows);
        spareRows -= extra;
        Grant = OutputFrom + 1 + extra;
    }

    /// <summary>Ends the choices that were cancelled; a sequence that still computes for several goes on for the others.</summary>
    public void HonourCancellation()
    {
        if (!Owner.IsBranched)
            Choice = Owner.FinishCancelled();
        else if (Owner.IsCancelled(Choice))
            Owner.Finish(Choice, FinishReason.Cancelled);
    }

    /// <summary>Order of service: by arrival, then by choice.</summary>
    public bool IsOlderThan(Sequence other) => (Owner.Order, Choice).CompareTo((other.Owner.Order, other.Choice)) < 0;
}
