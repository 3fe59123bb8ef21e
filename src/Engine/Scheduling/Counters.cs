using Hone.Engine.Cache;

namespace Hone.Engine.Scheduling;

/// <summary>Figures that the engine thread writes and any thread may read, each for itself, between its writes.</summary>
internal sealed class Counters
{
    /// <summary>Requests submitted and not yet admitted; written by submitters too.</summary>
    public int Queued;
    public volatile int Running;
    public volatile int Waiting;
    public volatile int BlocksAvailable;
    public volatile int BlocksCached;
    public volatile int Checkpoints;
    public volatile int LargestBatch;
    public long Requests;
    public long PrefixHits;
    public long CachedTokens;
    public long PrefillTokens;
    public long GeneratedTokens;
    public long Preemptions;
    public long Steps;
    public long SplitPrefills;
    public long FailedSteps;

    public void Observe(StateCache cache)
    {
        BlocksAvailable = cache.Blocks.Available;
        BlocksCached = cache.Blocks.CachedCount;
        Checkpoints = cache.Slots.CheckpointCount;
    }

    /// <summary>Counts a step that has run.</summary>
    public void Count(List<Sequence> stepping)
    {
        Steps++;
        LargestBatch = Math.Max(LargestBatch, stepping.Count);
        foreach (var sequence in stepping)
        {
            if (sequence.IsDecoding)
                continue;
            PrefillTokens += sequence.Grant;
            SplitPrefills += sequence.Grant < sequence.Pending ? 1 : 0;
        }
    }

    public EngineStatistics Snapshot(StateCache cache) => new()
    {
        Running = Running,
        Waiting = Waiting,
        BlocksUsed = cache.KeepsBlocks ? cache.Blocks.Count - BlocksAvailable : 0,
        BlocksCached = cache.KeepsBlocks ? BlocksCached : 0,
        BlocksTotal = cache.KeepsBlocks ? cache.Blocks.Count : 0,
        Checkpoints = Checkpoints,
        SlotsTotal = cache.Slots.Count,
        Requests = Volatile.Read(ref Requests),
        PrefixHits = Volatile.Read(ref PrefixHits),
        CachedTokens = Volatile.Read(ref CachedTokens),
        PrefillTokens = Volatile.Read(ref PrefillTokens),
        GeneratedTokens = Volatile.Read(ref GeneratedTokens),
        Preemptions = Volatile.Read(ref Preemptions),
        Steps = Volatile.Read(ref Steps),
        SplitPrefills = Volatile.Read(ref SplitPrefills),
        LargestBatch = LargestBatch,
        FailedSteps = Volatile.Read(ref FailedSteps),
    };
}
