using Hone.Engine.Cache;
using Hone.Models;

namespace Hone.Engine.Scheduling;

/// <summary>
/// Iteration-level batching of one model: each step cancels, admits, divides the step's tokens, makes room (the youngest
/// sequences yield to the oldest), runs the batch and hands its logits on. Runs on one thread.
/// </summary>
internal sealed class Scheduler
{
    private readonly IModelRunner runner;
    private readonly EngineLimits limits;
    private readonly StateCache cache;
    private readonly Counters counters;
    private readonly Admission admission;
    private readonly StepShares shares;
    private readonly Outputs outputs;
    private readonly AgeList running = new();
    private readonly AgeList waiting = new();
    private readonly List<Sequence> stepping = [];
    private readonly Batch batch = new();
    private readonly bool recomputes;
    private int cancelNoted;

    public Scheduler(IModelRunner runner, EngineLimits limits, StateCache cache, Counters counters)
    {
        (this.runner, this.limits, this.cache, this.counters) = (runner, limits, cache, counters);
        recomputes = runner.Graph.RecomputesWhole;
        admission = new Admission(runner.Graph, limits, cache, counters);
        shares = new StepShares(recomputes ? limits.BatchTokens : limits.StepTokens, recomputes);
        outputs = new Outputs(runner.VocabularySize, waiting, counters);
    }

    public bool HasWork => running.Count + waiting.Count > 0;

    public void Enqueue(RequestState request)
    {
        waiting.Add(new Sequence(request));
        if (request.IsAnyCancelled)
            NoteCancel();
        Observe();
    }

    /// <summary>Says, from any thread, that some request was cancelled.</summary>
    public void NoteCancel() => Volatile.Write(ref cancelNoted, 1);

    /// <summary>One iteration. A step that the runner fails ends its requests; whatever else throws is an error of the engine.</summary>
    public void Step()
    {
        if (Interlocked.Exchange(ref cancelNoted, 0) == 1)
            Cancel();
        admission.Admit(waiting, running);
        if (running.Count == 0 && waiting.Count > 0)
            throw new InvalidOperationException($"{waiting.Count} sequences wait and nothing runs.");
        shares.Divide(running);
        Fill();
        if (batch.Segments.Length > 0)
            Run();
        else if (running.Count > 0)
            throw new InvalidOperationException($"A step with {running.Count} running sequences has nothing to run.");
        Observe();
    }

    /// <summary>Ends all requests with an error, and with them the scheduler's use: what they hold is not freed.</summary>
    public void FailAll(EngineException error)
    {
        foreach (var sequence in running)
            sequence.Owner.Fail(error);
        foreach (var sequence in waiting)
            sequence.Owner.Fail(error);
    }

    private void Cancel()
    {
        foreach (var sequence in running)
            sequence.HonourCancellation();
        foreach (var sequence in waiting)
            sequence.HonourCancellation();
        RemoveEnded();
    }

    /// <summary>Puts the granted sequences into the batch, the oldest first. Each has one output row for sure; log-probabilities of prompts share the others.</summary>
    private void Fill()
    {
        batch.Clear();
        stepping.Clear();
        var spareRows = limits.OutputRows - running.Count;
        for (var i = 0; i < running.Count; i++)
        {
            var sequence = running[i];
            if (sequence.Grant == 0 || !MakeRoom(sequence))
                continue;
            sequence.ChooseRows(ref spareRows);
            stepping.Add(sequence);
            batch.Add(new Segment
            {
                First = batch.Append(sequence.Tokens.Slice(sequence.Past, sequence.Grant)),
                Count = sequence.Grant,
                Past = sequence.Past,
                Blocks = cache.KeepsBlocks ? sequence.State!.Numbers : default,
                Slot = sequence.State!.Slot?.Number ?? -1,
                Adapter = sequence.Owner.Request.Adapter,
                OutputFrom = sequence.OutputFrom,
                RopeLength = recomputes ? sequence.Count : sequence.Owner.RopeLength,
            });
            if (recomputes && sequence.State.Slot is { } slot)
                runner.ResetSlot(slot.Number);
        }
    }

    /// <summary>Gets the blocks for a sequence's grant, if need be from the youngest sequences; false if it was the youngest itself.</summary>
    private bool MakeRoom(Sequence sequence)
    {
        while (!cache.TryReserve(sequence.State!, sequence.Past + sequence.Grant))
        {
            var youngest = running[^1];
            running.RemoveAt(running.Count - 1);
            cache.Close(youngest.State!, keep: true);
            youngest.State = null;
            waiting.Add(youngest);
            counters.Preemptions++;
            if (youngest == sequence)
                return false;
        }
        return true;
    }

    private void Run()
    {
        ReadOnlySpan<float> logits;
        try
        {
            logits = runner.Run(batch);
        }
        catch (Exception e)
        {
            counters.FailedSteps++;
            var error = new EngineException(EngineError.Internal, $"The model failed in a step of {stepping.Count} sequences: {e.Message}", e);
            foreach (var sequence in stepping)
                sequence.Owner.Fail(error);
            RemoveEnded();
            return;
        }
        counters.Count(stepping);
        foreach (var sequence in stepping)
        {
            var rows = (sequence.Grant - sequence.OutputFrom) * runner.VocabularySize;
            var end = sequence.Past + sequence.Grant;
            Advance(sequence);
            outputs.Take(sequence, end, logits[..rows]);
            logits = logits[rows..];
        }
        RemoveEnded();
    }

    /// <summary>Records what the step has added to a sequence's states.</summary>
    private void Advance(Sequence sequence)
    {
        if (recomputes)
            return;
        cache.Commit(sequence.State!, sequence.Tokens.Slice(sequence.Past, sequence.Grant));
        if (!cache.KeepsSlots || sequence.IsDecoding)
            return;
        if (sequence.Past == sequence.Cut)
            cache.Checkpoint(sequence.State!);
        sequence.Cut = CheckpointPlan.Next(sequence, sequence.Past, limits.CheckpointInterval);
    }

    /// <summary>Frees what ended sequences hold. After a failure nothing that is only cached is trusted.</summary>
    private void RemoveEnded()
    {
        var failed = false;
        foreach (var sequence in running)
        {
            if (!sequence.HasEnded)
                continue;
            failed |= sequence.Owner.HasFailed;
            cache.Close(sequence.State!, keep: !sequence.Owner.HasFailed);
            sequence.State = null;
        }
        running.RemoveEnded();
        waiting.RemoveEnded();
        if (failed)
            cache.Blocks.Clear();
    }

    private void Observe()
    {
        counters.Running = running.Count;
        counters.Waiting = waiting.Count;
        counters.Observe(cache);
    }
}
