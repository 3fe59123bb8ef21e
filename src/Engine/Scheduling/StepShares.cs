namespace Hone.Engine.Scheduling;

/// <summary>
/// Divides a step's tokens. Decoding sequences get one each. Of the rest, half is for the oldest prefill, which so is never
/// starved, and the other half goes to the shortest first, which so need not wait behind a long one; what is left over goes to
/// the oldest again. A model that recomputes the whole text each step serves as many sequences as fit, the oldest first.
/// </summary>
internal sealed class StepShares(int stepTokens, bool recomputes)
{
    private static readonly Comparison<Sequence> ShortestFirst = (a, b) =>
        (a.Pending, a.Owner.Order, a.Choice).CompareTo((b.Pending, b.Owner.Order, b.Choice));

    private readonly List<Sequence> prefills = [];

    /// <summary>Sets the grants of all running sequences.</summary>
    public void Divide(AgeList running)
    {
        if (recomputes)
            DivideWhole(running);
        else
            DivideChunks(running);
    }

    private void DivideWhole(AgeList running)
    {
        var left = stepTokens;
        foreach (var sequence in running)
        {
            sequence.Grant = sequence.Count <= left ? sequence.Count : 0;
            left -= sequence.Grant;
        }
    }

    private void DivideChunks(AgeList running)
    {
        prefills.Clear();
        var left = stepTokens;
        foreach (var sequence in running)
        {
            sequence.Grant = sequence.IsDecoding ? 1 : 0;
            left -= sequence.Grant;
            if (!sequence.IsDecoding)
                prefills.Add(sequence);
        }
        if (prefills.Count == 0)
            return;
        var oldest = prefills[0];
        left -= Give(oldest, prefills.Count == 1 ? left : (left + 1) / 2);
        prefills.RemoveAt(0);
        prefills.Sort(ShortestFirst);
        foreach (var sequence in prefills)
            left -= Give(sequence, left);
        Give(oldest, left);
    }

    /// <summary>Adds to a grant what the sequence can use until its next checkpoint.</summary>
    private static int Give(Sequence sequence, int tokens)
    {
        var usable = sequence.Cut > 0 ? Math.Min(sequence.Pending, sequence.Cut - sequence.Past) : sequence.Pending;
        var given = Math.Min(tokens, usable - sequence.Grant);
        sequence.Grant += given;
        return given;
    }
}
