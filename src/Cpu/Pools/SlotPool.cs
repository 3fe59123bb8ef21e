using Hone.Cpu.Memory;
using Hone.Models.State;

namespace Hone.Cpu.Pools;

/// <summary>Slots of fixed size for the recurrent and convolution states of sequences and checkpoints: [slots][state after state], f32.</summary>
internal sealed unsafe class SlotPool : IDisposable
{
    private readonly AlignedMemory memory;
    private readonly List<SlotState> states = [];
    private readonly Dictionary<SlotState, long> offsets = new(ReferenceEqualityComparer.Instance);
    private readonly long slotBytes;

    public SlotPool(IEnumerable<LayerState> states, int slots)
    {
        foreach (var state in states.OfType<SlotState>())
        {
            this.states.Add(state);
            offsets[state] = slotBytes;
            slotBytes = checked(slotBytes + AlignedMemory.RoundUp((long)state.Length * sizeof(float)));
        }
        Count = slotBytes == 0 ? 0 : slots;
        memory = new AlignedMemory(checked(slotBytes * Count), zeroed: false);
    }

    /// <summary>Slots; 0 if the model keeps no such state.</summary>
    public int Count { get; }

    /// <summary>Bytes of one slot.</summary>
    public long SlotBytes => slotBytes;

    /// <summary>The state's numbers in slot 0; slot s lies s·<see cref="SlotBytes"/> bytes further.</summary>
    public float* Of(SlotState state) => (float*)(memory.Pointer + offsets[state]);

    public float* Of(SlotState state, int slot) => (float*)((byte*)Of(state) + Check(slot) * slotBytes);

    public void Copy(int from, int to)
    {
        var source = memory.Pointer + Check(from) * slotBytes;
        var target = memory.Pointer + Check(to) * slotBytes;
        System.Buffer.MemoryCopy(source, target, slotBytes, slotBytes);
    }

    /// <summary>Sets every state to what a new sequence starts from.</summary>
    public void Reset(int slot)
    {
        foreach (var state in states)
        {
            var numbers = new Span<float>(Of(state, slot), state.Length);
            numbers.Clear();
            if (state is RecurrentState { Start: { } start })
            {
                var row = state.Length / start.Length;
                for (var i = 0; i < start.Length; i++)
                    numbers.Slice(i * row, row).Fill(start[i]);
            }
        }
    }

    public void Dispose() => memory.Dispose();

    private long Check(int slot)
    {
        if ((uint)slot >= (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(slot), slot, $"The pool has {Count} state slots.");
        return slot;
    }
}
