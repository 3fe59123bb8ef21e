using Hone.Models.State;
using static TorchSharp.torch;

namespace Hone.Torch.States;

/// <summary>Shapes and starting values of slot states.</summary>
internal static class SlotShapes
{
    public static long[] Shape(SlotState state) => state switch
    {
        RecurrentState s => Array.ConvertAll(s.Shape, size => (long)size),
        ConvState s => [s.Taps, s.Width],
        _ => throw new NotSupportedException($"State {state.GetType().Name}."),
    };

    /// <summary>What a sequence starts from: zero, or for each row of the first axis its own number.</summary>
    public static Tensor Start(SlotState state, ScalarType type)
    {
        var shape = Shape(state);
        if (state is not RecurrentState { Start: { } start })
            return zeros(shape, type);
        long[] column = [shape[0], .. Enumerable.Repeat(1L, shape.Length - 1)];
        return tensor(start, column, type).expand(shape).clone();
    }
}
