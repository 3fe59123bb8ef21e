using System.Globalization;
using Hone.Models.State;
using Hone.TestKit;
using Xunit;

namespace Hone.Golden.Models;

/// <summary>Recurrent and convolution states after 20 tokens and at the end of a sequence.</summary>
public sealed class CpuStateTests
{
    public static TheoryData<string> Folders() => new(GoldenModels.Folders().Where(HasStates));

    [Theory]
    [MemberData(nameof(Folders))]
    public void StatesEqualTheReference(string folder)
    {
        using var model = CpuModel.Open(folder);
        var compared = 0;
        foreach (var name in model.Outputs.Names.Where(n => n.StartsWith("state_", StringComparison.Ordinal)))
        {
            var parts = name["state_".Length..].Split('.'); // sequence, layer, state, time
            var ids = model.Outputs.Ids($"input_ids_{parts[0]}");
            var sequence = model.Start(0, ids.Length);
            sequence.Run(parts[3] == "end" ? ids : ids.AsSpan(0, int.Parse(parts[3].AsSpan(1), CultureInfo.InvariantCulture)), chunk: 7);
            var expected = model.Outputs.Floats(name);
            var state = StateOf(model, int.Parse(parts[1].AsSpan("layer".Length), CultureInfo.InvariantCulture), parts[2]);
            var actual = InGoldenLayout(state, model.Runner.ReadSlot(0, state), expected, model.Outputs.Shape(name));
            var scale = Math.Max(1, expected.Max(Math.Abs));
            Near.Equal(expected, actual, scale * model.Tolerance(parts[0] == "long" ? "logits_long" : "logits"), name);
            compared++;
        }
        Assert.NotEqual(0, compared);
    }

    private static bool HasStates(string folder)
    {
        using var outputs = new GoldenTensors(GoldenRoot.Require("models", folder, "golden.safetensors"));
        return outputs.Names.Any(n => n.StartsWith("state_", StringComparison.Ordinal));
    }

    private static SlotState StateOf(CpuModel model, int layer, string kind)
    {
        var scopes = model.Source.Graph.Borders[layer].Scope + ".";
        return model.Source.Graph.States.Values.OfType<SlotState>().Single(s => s.Name.StartsWith(scopes, StringComparison.Ordinal) && s.Name.EndsWith("." + kind, StringComparison.Ordinal));
    }

    /// <summary>
    /// A convolution's state is [taps, width] here and [width, taps + 1] in the goldens, whose oldest tap is needed no more and taken from them;
    /// those of three separate convolutions are [taps, width] there too.
    /// </summary>
    private static float[] InGoldenLayout(SlotState state, float[] numbers, float[] golden, int[] shape)
    {
        if (state is not ConvState conv || shape[0] != conv.Width)
            return numbers;
        var turned = (float[])golden.Clone();
        for (var channel = 0; channel < conv.Width; channel++)
        {
            for (var tap = 0; tap < conv.Taps; tap++)
                turned[channel * (conv.Taps + 1) + 1 + tap] = numbers[tap * conv.Width + channel];
        }
        return turned;
    }
}
