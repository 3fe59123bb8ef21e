namespace Hone.Cpu.Plan;

/// <summary>Work on rows moves down to the next step of its kind unless something between needs it: norms, ropes, cache writes and packing form one step.</summary>
internal sealed class RowChains : FusionRule
{
    public override string Saves => "Norm, Rope, cache write, packing … of a row in one go: a barrier each; values between them stay in a thread's cache.";

    public override void Apply(GroupList groups)
    {
        for (var i = groups.Items.Count - 2; i >= 0; i--)
        {
            if (groups.Items[i] is not RowGroup early || Next(groups.Items, i, early) is not { } late)
                continue;
            late.Works.InsertRange(0, early.Works);
            groups.Items.RemoveAt(i);
        }
    }

    private static RowGroup? Next(List<Group> groups, int index, RowGroup early)
    {
        var written = early.Writes.ToHashSet();
        for (var j = index + 1; j < groups.Count; j++)
        {
            if (groups[j] is RowGroup late && late.Rows == early.Rows)
                return late;
            if (groups[j].Reads.Any(written.Contains))
                return null;
        }
        return null;
    }
}
