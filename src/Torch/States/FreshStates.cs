using Hone.Models.State;
using static TorchSharp.torch;

namespace Hone.Torch.States;

/// <summary>Whole sequences, as in training: every segment starts from nothing, and nothing is kept. Gradients pass through.</summary>
internal sealed class FreshStates(ScalarType type) : IStates
{
    public Tensor Append(KvState state, int segment, Tensor rows) => rows;

    public Tensor Cross(KvState state, int segment, Tensor rows) =>
        rows.shape[0] > 0 ? rows : throw new ArgumentException($"{state.Name}: segment {segment} has no source.");

    public Tensor Read(SlotState state, int segment) => SlotShapes.Start(state, type);

    public void Write(SlotState state, int segment, Tensor value)
    {
    }
}
