using Hone.Engine.Cache;
using Hone.Models.Graph;

namespace Hone.Engine.Scheduling;

/// <summary>
/// Lets waiting sequences run, in their order and none past another, as long as there is a place, a slot and, beside what the
/// running ones will still take, the blocks for all its tokens.
/// </summary>
internal sealed class Admission(ModelGraph graph, EngineLimits limits, StateCache cache, Counters counters)
{
    private const int SequencesPerSpareBlock = 4;

    private readonly RopeClasses ropes = new(graph);
    private readonly bool recomputes = graph.RecomputesWhole;

    public void Admit(AgeList waiting, AgeList running)
    {
        while (waiting.Count > 0 && running.Count < limits.MaxSequences && TryAdmit(waiting[0], running))
        {
            running.Add(waiting[0]);
            waiting.RemoveAt(0);
        }
    }

    private bool TryAdmit(Sequence sequence, AgeList running)
    {
        var owner = sequence.Owner;
        var reusable = recomputes ? 0 : owner.WantsPromptRows ? owner.ReportedRows : sequence.Count - 1;
        owner.RopeLength = ropes.LengthFor(owner.Request);
        var key = new PrefixKey(owner.Request.CacheSalt, owner.Request.Adapter, ropes.ClassOf(owner.RopeLength));
        sequence.State = cache.TryOpen(key, sequence.Tokens, reusable, SpareBlocks(running), out var parting);
        if (sequence.State is null)
            return false;
        sequence.Parting = parting;
        sequence.Cut = cache.KeepsSlots && !recomputes ? CheckpointPlan.Next(sequence, sequence.Past, limits.CheckpointInterval) : 0;
        if (!owner.IsStarted)
            Start(owner, sequence.Past);
        return true;
    }

    /// <summary>Blocks that no running sequence needs for the tokens it has, less one for every few that will soon begin their next.</summary>
    private int SpareBlocks(AgeList running)
    {
        var spare = cache.Blocks.Available - ((running.Count + SequencesPerSpareBlock - 1) / SequencesPerSpareBlock);
        foreach (var sequence in running)
            spare -= Math.Max(0, cache.BlocksFor(sequence.Count) - sequence.State!.Chain.Count);
        return spare;
    }

    private void Start(RequestState owner, int cached)
    {
        owner.Start(cached);
        counters.Requests++;
        counters.PrefixHits += cached > 0 ? 1 : 0;
        counters.CachedTokens += cached;
    }
}
