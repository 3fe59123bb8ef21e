using Hone.Server.Settings;

namespace Hone.Server.Catalog;

/// <summary>Bytes that models may hold together.</summary>
internal static class MemoryBudget
{
    /// <summary>What the operator gave; else three quarters of what the machine or container has.</summary>
    public static long Of(RuntimeSettings settings) =>
        settings.MemoryBytes > 0 ? settings.MemoryBytes : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;
}
