using Hone.Models.Graph;
using Hone.Models.State;

namespace Hone.Models;

/// <summary>
/// A model ready to run on one backend, with the memory of its states. The caller owns the numbers of blocks and slots, the
/// runner the memory behind them. Not thread-safe: one thread runs a model.
/// </summary>
public interface IModelRunner : IDisposable
{
    /// <summary>The model.</summary>
    ModelGraph Graph { get; }

    /// <summary>What fixes the bits of the results: engine profile, arithmetic of the weights, hash of the weights.</summary>
    string Fingerprint { get; }

    /// <summary>Numbers in a row of logits.</summary>
    int VocabularySize { get; }

    /// <summary>Tokens in a KV block.</summary>
    int BlockSize { get; }

    /// <summary>KV blocks in the pool; 0 if the model keeps no KV.</summary>
    int BlockCount { get; }

    /// <summary>State slots in the pool (running sequences and checkpoints); 0 if the model keeps no slot state and no cross state.</summary>
    int SlotCount { get; }

    /// <summary>Largest number of tokens in one batch.</summary>
    int MaxBatchTokens { get; }

    /// <summary>Largest number of output rows in one batch.</summary>
    int MaxOutputRows { get; }

    /// <summary>
    /// Runs the batch and advances the states of its segments.
    /// Returns logits [OutputRowCount, VocabularySize] in the batch's order, valid until the next call.
    /// </summary>
    ReadOnlySpan<float> Run(Batch batch);

    /// <summary>Copies one block of every KV state (copy-on-write).</summary>
    void CopyBlock(int from, int to);

    /// <summary>Copies every slot state (snapshot, restore, fork).</summary>
    void CopySlot(int from, int to);

    /// <summary>Sets every slot state to what a new sequence starts from.</summary>
    void ResetSlot(int slot);

    /// <summary>The numbers of one slot state, in the shape that the state declares; for inspection and tests.</summary>
    float[] ReadSlot(int slot, SlotState state);
}
