namespace Hone.Engine.Scheduling;

/// <summary>Where a prefill leaves checkpoints of the recurrent states, so that later requests with the same beginning find them.</summary>
internal static class CheckpointPlan
{
    /// <summary>
    /// The first such length after <paramref name="computed"/>: turn boundaries (without any, one before the prompt's end, since
    /// the same prompt again needs one row), every so many tokens, where the text parts from a cached one, and where
    /// several choices branch. 0 = none.
    /// </summary>
    public static int Next(Sequence sequence, int computed, int interval)
    {
        var request = sequence.Owner.Request;
        var end = sequence.Count;
        var next = int.MaxValue;
        Consider(computed - (computed % interval) + interval);
        Consider(sequence.Parting);
        if (request.Choices > 1 && !sequence.Owner.IsBranched)
            Consider(request.Prompt.Length);
        if (request.TurnBoundaries.Count == 0)
            Consider(request.Prompt.Length - 1);
        for (var i = 0; i < request.TurnBoundaries.Count; i++)
            Consider(request.TurnBoundaries[i]);
        return next == int.MaxValue ? 0 : next;

        void Consider(int length)
        {
            if (length > computed && length <= end && length < next)
                next = length;
        }
    }
}
