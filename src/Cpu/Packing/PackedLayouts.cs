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
        [NumberFormat.Q4_0] = new Q4_0Layout(),
        [NumberFormat.Q4_1] = new Q4_1Layout(),
        [NumberFormat.Q5_0] = new Q5_0Layout(),
        [NumberFormat.Q5_1] = new Q5_1Layout(),
        [NumberFormat.Q4_K] = new Q4_KLayout(),
        [NumberFormat.Q5_K] = new Q5_KLayout(),
        [NumberFormat.Q6_K] = new Q6_KLayout(),
        [NumberFormat.Q8_0] = new Q8_0Layout(),
        [NumberFormat.F8E4M3] = new F8E4M3Layout(),
        [NumberFormat.E2M1] = new Nvfp4Layout(),
    };

    public static bool IsKnown(NumberFormat format) => Known.ContainsKey(format);

    public static PackedLayout For(NumberFormat format) => Known[format];
}
