using Hone.Cpu.Kernels;
using Hone.Cpu.Memory;
using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>cos and sin of every row's angles, made once a forward for each distinct rope and shared by all layers.</summary>
internal sealed unsafe class RopeTables : IDisposable
{
    private readonly List<RopeTable> tables = [];
    private readonly int maxTokens;

    public RopeTables(int maxTokens) => this.maxTokens = maxTokens;

    /// <summary>The table for a spec; specs with equal angles share one.</summary>
    public RopeTable For(RopeSpec spec)
    {
        var table = tables.Find(t => t.HasAnglesOf(spec));
        if (table is null)
            tables.Add(table = new RopeTable(spec, maxTokens));
        return table;
    }

    public void Fill(int firstRow, int count, int firstPosition, int ropeLength)
    {
        foreach (var table in tables)
            table.Fill(firstRow, count, firstPosition, ropeLength);
    }

    public void Dispose() => tables.ForEach(t => t.Dispose());
}

/// <summary>[rows, pairs] cos and as many sin.</summary>
internal sealed unsafe class RopeTable(RopeSpec spec, int maxTokens) : IDisposable
{
    private readonly int pairs = spec.Dim / 2;
    private readonly AlignedMemory memory = new(2L * maxTokens * (spec.Dim / 2) * sizeof(float), zeroed: false);

    public float* Cos(int row) => (float*)memory.Pointer + (nint)row * 2 * pairs;

    public float* Sin(int row) => Cos(row) + pairs;

    public bool HasAnglesOf(RopeSpec other) =>
        spec.Factor == other.Factor && spec.LongAfter == other.LongAfter && spec.ByLength == other.ByLength && spec.InvFreq.AsSpan().SequenceEqual(other.InvFreq)
        && spec.LongInvFreq.AsSpan().SequenceEqual(other.LongInvFreq);

    public void Fill(int firstRow, int count, int firstPosition, int ropeLength)
    {
        var frequencies = spec.FrequenciesFor(ropeLength);
        for (var j = 0; j < count; j++)
            Ropes.Angles(firstPosition + j, frequencies, spec.Factor, Cos(firstRow + j), Sin(firstRow + j));
    }

    public void Dispose() => memory.Dispose();
}
