namespace Hone.Models.Weights.Formats;

/// <summary>
/// How a file stores numbers. <see cref="NumberFormats"/> has the sizes and says which can be decoded;
/// the others are known by name and size, so that a container that holds them can be checked and the tensor refused by name.
/// </summary>
public enum NumberFormat
{
    /// <summary>A view whose rows have several formats: ask each row.</summary>
    Mixed,

    // Floats.
    F32, F16, BF16, F64,
    F8E4M3, F8E5M2, F8E8M0,

    /// <summary>4-bit floats, two to a byte, low nibble first (safetensors; scales lie in tensors of their own).</summary>
    E2M1,
    F6E2M3, F6E3M2,

    // Integers.
    Bool, U8, I8, U16, I16, U32, I32, U64, I64,

    /// <summary>Two f32, real and imaginary.</summary>
    C64,

    // Blocks of GGUF.
    Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q8_1,
    Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, Q8_K,
    IQ1_S, IQ1_M, IQ2_XXS, IQ2_XS, IQ2_S, IQ3_XXS, IQ3_S, IQ4_NL, IQ4_XS,
    TQ1_0, TQ2_0, MXFP4, NVFP4,
}
