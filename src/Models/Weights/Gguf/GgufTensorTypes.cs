using System.Diagnostics.CodeAnalysis;
using Hone.Models.Weights.Formats;

namespace Hone.Models.Weights.Gguf;

/// <summary>ggml's tensor type numbers. Gaps are types that were removed (4, 5, 31–33, 36–38) or that we do not know.</summary>
internal static class GgufTensorTypes
{
    private static readonly Dictionary<uint, NumberFormat> ById = new()
    {
        [0] = NumberFormat.F32,
        [1] = NumberFormat.F16,
        [2] = NumberFormat.Q4_0,
        [3] = NumberFormat.Q4_1,
        [6] = NumberFormat.Q5_0,
        [7] = NumberFormat.Q5_1,
        [8] = NumberFormat.Q8_0,
        [9] = NumberFormat.Q8_1,
        [10] = NumberFormat.Q2_K,
        [11] = NumberFormat.Q3_K,
        [12] = NumberFormat.Q4_K,
        [13] = NumberFormat.Q5_K,
        [14] = NumberFormat.Q6_K,
        [15] = NumberFormat.Q8_K,
        [16] = NumberFormat.IQ2_XXS,
        [17] = NumberFormat.IQ2_XS,
        [18] = NumberFormat.IQ3_XXS,
        [19] = NumberFormat.IQ1_S,
        [20] = NumberFormat.IQ4_NL,
        [21] = NumberFormat.IQ3_S,
        [22] = NumberFormat.IQ2_S,
        [23] = NumberFormat.IQ4_XS,
        [24] = NumberFormat.I8,
        [25] = NumberFormat.I16,
        [26] = NumberFormat.I32,
        [27] = NumberFormat.I64,
        [28] = NumberFormat.F64,
        [29] = NumberFormat.IQ1_M,
        [30] = NumberFormat.BF16,
        [34] = NumberFormat.TQ1_0,
        [35] = NumberFormat.TQ2_0,
        [39] = NumberFormat.MXFP4,
        [40] = NumberFormat.NVFP4,
    };

    private static readonly Dictionary<NumberFormat, uint> ByFormat = ById.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static bool TryGet(uint id, [NotNullWhen(true)] out NumberFormat format) => ById.TryGetValue(id, out format);

    public static uint Id(NumberFormat format) => ByFormat[format];
}
