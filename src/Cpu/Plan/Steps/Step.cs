namespace Hone.Cpu.Plan;

/// <summary>
/// Work between two barriers. It falls into items that any thread may take in any order: which thread computes an item, and how
/// many threads there are, changes no bit.
/// </summary>
internal abstract class Step
{
    /// <summary>Items of work in this forward.</summary>
    public abstract int Items(Forward forward);

    /// <summary>True if sharing the work would cost more than doing it: one thread does all of it while the others wait.</summary>
    public virtual bool IsSmall(Forward forward) => false;

    public abstract void Run(Forward forward, int item, int worker);
}
