using Hone.Models;
using Hone.Models.Graph;
using Hone.Models.State;

namespace Hone.TestKit.Engines;

/// <summary>A runner seen through smaller limits, to force preemptions, evictions and split prefills; disposing it leaves the runner alone.</summary>
public sealed class RunnerView(IModelRunner inner) : IModelRunner
{
    public ModelGraph Graph => inner.Graph;

    public string Fingerprint => inner.Fingerprint;

    public int VocabularySize => inner.VocabularySize;

    public int BlockSize => inner.BlockSize;

    public int BlockCount { get; init; } = inner.BlockCount;

    public int SlotCount { get; init; } = inner.SlotCount;

    public int MaxBatchTokens { get; init; } = inner.MaxBatchTokens;

    public int MaxOutputRows { get; init; } = inner.MaxOutputRows;

    public ReadOnlySpan<float> Run(Batch batch) => inner.Run(batch);

    public void CopyBlock(int from, int to) => inner.CopyBlock(from, to);

    public void CopySlot(int from, int to) => inner.CopySlot(from, to);

    public void ResetSlot(int slot) => inner.ResetSlot(slot);

    public float[] ReadSlot(int slot, SlotState state) => inner.ReadSlot(slot, state);

    public void Dispose()
    {
    }
}
