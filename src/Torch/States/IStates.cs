using Hone.Models.State;
using static TorchSharp.torch;

namespace Hone.Torch.States;

/// <summary>What a forward finds from earlier forwards and leaves for later ones, by segment of the batch.</summary>
internal interface IStates
{
    /// <summary>Appends a segment's new rows [Count, NumbersPerToken] (keys | values) and returns all that it sees, [Past + Count, NumbersPerToken].</summary>
    Tensor Append(KvState state, int segment, Tensor rows);

    /// <summary>Fills a cross state with the rows of a segment's source and returns them; without source rows, returns what was filled in before.</summary>
    Tensor Cross(KvState state, int segment, Tensor rows);

    /// <summary>The slot state in its declared shape.</summary>
    Tensor Read(SlotState state, int segment);

    void Write(SlotState state, int segment, Tensor value);
}
