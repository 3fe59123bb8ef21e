using Hone.Cpu.Packing.Layouts;
using Hone.Models.Weights.Formats;

namespace Hone.Cpu.Packing;

/// <summary>The packed layout of each stored format.</summary>
internal static class PackedLayouts
{
    private static readonly Dictionary<NumberFormat, PackedLayout> Known = new()
    {
        [NumberFormat.F32] = new F32Layout(),
        [NumberFormat.F16] = new F16Layout(),
        [NumberFormat.BF16] = new BF16Layout(),
    };

    public static bool IsKnown(NumberFormat format) => Known.ContainsKey(format);

    public static PackedLayout For(NumberFormat format) => Known[format];
}
