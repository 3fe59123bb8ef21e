using Hone.Cpu.Kernels.Quantize;
using Hone.Cpu.Memory;
using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>Memory of every operand, assigned ahead: buffers whose steps do not overlap share one place in the arena.</summary>
internal sealed unsafe class Buffers : IDisposable
{
    private readonly Dictionary<Operand, PlanBuffer> all = [];
    private readonly int maxTokens;
    private readonly int maxOutputs;
    private readonly int workers;
    private readonly Operand result;
    private readonly AlignedMemory arena;

    public Buffers(IReadOnlyList<Group> groups, Value result, int maxTokens, int maxOutputs, int workers)
    {
        (this.maxTokens, this.maxOutputs, this.workers) = (maxTokens, maxOutputs, workers);
        this.result = Operand.Of(result);
        Measure(groups);
        var last = all[this.result];
        last.Live = (last.Live.First, groups.Count);
        arena = new AlignedMemory(LayOut(), zeroed: false);
        foreach (var buffer in all.Values)
            buffer.Place(arena.Pointer + buffer.Offset);
    }

    public IEnumerable<PlanBuffer> All => all.Values;

    public long ArenaBytes => arena.Bytes;

    public PlanBuffer this[Operand operand] => all[operand];

    public void Dispose() => arena.Dispose();

    private void Measure(IReadOnlyList<Group> groups)
    {
        var firstTouch = new Dictionary<Operand, int>();
        var lastTouch = new Dictionary<Operand, int>();
        for (var i = 0; i < groups.Count; i++)
        {
            foreach (var operand in groups[i].Writes.Concat(groups[i].Reads).Where(o => o.Form != OperandForm.Cached))
            {
                firstTouch.TryAdd(operand, i);
                lastTouch[operand] = i;
            }
        }
        foreach (var (operand, first) in firstTouch)
        {
            var inOneChain = first == lastTouch[operand] && groups[first] is RowGroup && operand.Form == OperandForm.Floats && operand != result;
            all[operand] = Create(operand, inOneChain ? Placement.Worker : Placement.Rows);
            all[operand].Live = (first, lastTouch[operand]);
        }
    }

    private PlanBuffer Create(Operand operand, Placement placement)
    {
        var value = operand.Value;
        var rowBytes = (long)value.Width * sizeof(float); // whole cache lines, but for the result, whose rows are handed out without gaps
        var buffer = new PlanBuffer(operand, placement, operand == result ? rowBytes : AlignedMemory.RoundUp(rowBytes));
        var count = placement == Placement.Worker ? workers : value.Rows == Rows.Output ? maxOutputs : maxTokens;
        buffer.Size(operand.Form == OperandForm.Packed ? AlignedMemory.RoundUp(Quads.Bytes(count, value.Width)) : AlignedMemory.RoundUp(checked(buffer.RowBytes * count)));
        return buffer;
    }

    /// <summary>First fit, by first use: a buffer takes the lowest place that is free during its life. Returns the arena's size.</summary>
    private long LayOut()
    {
        var placed = new List<PlanBuffer>();
        var size = 0L;
        foreach (var buffer in all.Values.OrderBy(b => b.Live.First).ThenByDescending(b => b.Bytes))
        {
            var offset = 0L;
            foreach (var other in placed.Where(o => o.Live.First <= buffer.Live.Last && buffer.Live.First <= o.Live.Last).OrderBy(o => o.Offset))
            {
                if (other.Offset >= offset + buffer.Bytes)
                    break;
                offset = Math.Max(offset, other.Offset + other.Bytes);
            }
            buffer.Offset = offset;
            size = Math.Max(size, offset + buffer.Bytes);
            placed.Add(buffer);
        }
        return size;
    }
}
