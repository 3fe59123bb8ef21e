namespace Hone.Models.Weights.Formats;

/// <summary>Sizes of the number formats: a row is a whole number of blocks. Source of the GGUF sizes: ggml's type table.</summary>
public static class NumberFormats
{
    /// <summary>Numbers in one block; 1 for plain numbers.</summary>
    public static int BlockElements(NumberFormat format) => Size(format).Elements;

    /// <summary>Bytes of one block.</summary>
    public static int BlockBytes(NumberFormat format) => Size(format).Bytes;

    /// <summary>True if there is a decoder to f32 for it.</summary>
    public static bool CanDecode(NumberFormat format) => format is
        NumberFormat.F32 or NumberFormat.F16 or NumberFormat.BF16 or NumberFormat.F8E4M3 or NumberFormat.E2M1 or
        NumberFormat.Q4_0 or NumberFormat.Q4_1 or NumberFormat.Q5_0 or NumberFormat.Q5_1 or NumberFormat.Q8_0 or
        NumberFormat.Q4_K or NumberFormat.Q5_K or NumberFormat.Q6_K;

    /// <summary>True for whole numbers: ids, masks, packed codes of schemes that are read elsewhere.</summary>
    public static bool IsInteger(NumberFormat format) => format is >= NumberFormat.Bool and <= NumberFormat.I64;

    /// <summary>Bytes of <paramref name="elements"/> numbers (a multiple of the block). Throws <see cref="OverflowException"/> beyond 2^63.</summary>
    public static long ByteLength(NumberFormat format, long elements)
    {
        var (blockElements, blockBytes) = Size(format);
        return checked(elements / blockElements * blockBytes);
    }

    private static (int Elements, int Bytes) Size(NumberFormat format) => format switch
    {
        NumberFormat.Bool or NumberFormat.U8 or NumberFormat.I8 => (1, 1),
        NumberFormat.F8E4M3 or NumberFormat.F8E5M2 or NumberFormat.F8E8M0 => (1, 1),
        NumberFormat.U16 or NumberFormat.I16 or NumberFormat.F16 or NumberFormat.BF16 => (1, 2),
        NumberFormat.U32 or NumberFormat.I32 or NumberFormat.F32 => (1, 4),
        NumberFormat.U64 or NumberFormat.I64 or NumberFormat.F64 or NumberFormat.C64 => (1, 8),
        NumberFormat.E2M1 => (2, 1),
        NumberFormat.F6E2M3 or NumberFormat.F6E3M2 => (4, 3),
        NumberFormat.Q4_0 or NumberFormat.IQ4_NL => (32, 18),
        NumberFormat.Q4_1 => (32, 20),
        NumberFormat.Q5_0 => (32, 22),
        NumberFormat.Q5_1 => (32, 24),
        NumberFormat.Q8_0 => (32, 34),
        NumberFormat.Q8_1 => (32, 36),
        NumberFormat.MXFP4 => (32, 17),
        NumberFormat.NVFP4 => (64, 36),
        NumberFormat.Q2_K => (256, 84),
        NumberFormat.Q3_K => (256, 110),
        NumberFormat.Q4_K => (256, 144),
        NumberFormat.Q5_K => (256, 176),
        NumberFormat.Q6_K => (256, 210),
        NumberFormat.Q8_K => (256, 292),
        NumberFormat.IQ1_S => (256, 50),
        NumberFormat.IQ1_M => (256, 56),
        NumberFormat.IQ2_XXS or NumberFormat.TQ2_0 => (256, 66),
        NumberFormat.IQ2_XS => (256, 74),
        NumberFormat.IQ2_S => (256, 82),
        NumberFormat.IQ3_XXS => (256, 98),
        NumberFormat.IQ3_S => (256, 110),
        NumberFormat.IQ4_XS => (256, 136),
        NumberFormat.TQ1_0 => (256, 54),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "This format has no size of its own."),
    };
}
