using Hone.Models;
using Hone.Models.Graph;
using Hone.Models.State;
using Hone.TestKit;

namespace Hone.Golden.Models;

/// <summary>Compares slot states with golden ones, which lie in the reference implementations' layouts.</summary>
internal static class GoldenStates
{
    /// <summary>Checks every golden state <c>{prefix}layer{n}.{kind}{suffix}</c> against slot 0; returns how many there are.</summary>
    public static int Check(GoldenModel golden, string prefix, string suffix, IModelRunner runner)
    {
        var names = golden.Tensors.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(suffix, StringComparison.Ordinal)).ToList();
        foreach (var name in names)
        {
            var parts = name.Split('.');
            var (layer, kind) = (parts[1]["layer".Length..], parts[2]);
            if (kind == "max")
                continue; // the scale of num and den, which are compared with it
            var (expected, actual) = kind is "num" or "den"
                ? (Unscaled(golden.Tensors.Floats(name), golden.Tensors.Floats(name.Replace($".{kind}.", ".max."))), Wkv4(kind, runner, Find(runner, layer, "wkv")))
                : (golden.Tensors.Floats(name), InGoldenLayout(runner, Find(runner, layer, kind), golden.Tensors.Shape(name)));
            if (expected.Length != actual.Length)
                expected = WithoutOldestTap(expected, actual.Length / golden.Tensors.Shape(name)[0], golden.Tensors.Shape(name)[1]);
            Near.Equal(expected, actual, golden.Tolerance("logits") * Math.Max(1, expected.Max(Math.Abs)), name);
        }
        return names.Count;
    }

    /// <summary>The state of that kind in a layer: the layer is the first number in its name.</summary>
    private static SlotState Find(IModelRunner runner, string layer, string kind) =>
        runner.Graph.States.Values.OfType<SlotState>().Single(state =>
            Layer(state) == layer && state.Name.Split('.')[^1] == kind);

    private static string? Layer(SlotState state) => state.Name.Split('.').FirstOrDefault(part => int.TryParse(part, out _));

    private static float[] InGoldenLayout(IModelRunner runner, SlotState state, int[] goldenShape)
    {
        var numbers = runner.ReadSlot(0, state);
        return state switch
        {
            // [taps, channels] here; the goldens of most families have [channels, taps + 1].
            ConvState c when goldenShape.Length == 2 && goldenShape[0] != c.Taps => Transposed(numbers, 1, c.Taps, c.Width),
            RecurrentState r when IsMamba2(runner.Graph, r) => Transposed(numbers, r.Shape[0], r.Shape[1], r.Shape[2]),
            _ => numbers,
        };
    }

    /// <summary>Mamba-2's golden states are [H, dv, dk]: a linear attention with a convolution before it.</summary>
    private static bool IsMamba2(ModelGraph graph, RecurrentState state) =>
        graph.Nodes.Any(node => node.Op is LinearAttention op && op.State == state)
        && graph.States.Values.OfType<ConvState>().Any(conv => Layer(conv) == Layer(state));

    /// <summary>[n, rows, columns] → [n, columns, rows].</summary>
    private static float[] Transposed(float[] numbers, int n, int rows, int columns)
    {
        var result = new float[numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            var (block, row, column) = (i / (rows * columns), i / columns % rows, i % columns);
            result[(block * columns + column) * rows + row] = numbers[i];
        }
        Assert.Equal(numbers.Length, n * rows * columns);
        return result;
    }

    /// <summary>[channels, kernel] → [channels, taps]: the goldens hold one older input than the next step needs.</summary>
    private static float[] WithoutOldestTap(float[] expected, int taps, int kernel)
    {
        Assert.Equal(kernel, taps + 1);
        return [.. expected.Where((_, i) => i % kernel != 0)];
    }

    private static float[] Wkv4(string kind, IModelRunner runner, SlotState state)
    {
        var numbers = runner.ReadSlot(0, state);
        var width = numbers.Length / 3;
        var row = kind == "num" ? 0 : 1;
        return Unscaled(numbers[(row * width)..((row + 1) * width)], numbers[(2 * width)..]);
    }

    private static float[] Unscaled(float[] numbers, float[] max) => [.. numbers.Zip(max, (number, m) => number * MathF.Exp(m))];
}
