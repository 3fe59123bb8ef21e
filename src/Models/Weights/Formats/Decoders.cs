namespace Hone.Models.Weights.Formats;

/// <summary>From stored blocks to f32, one format a file: <c>Decode</c> is the fast form, <c>DecodePlain</c> beside it the readable one; both give the same bits.
/// The fast forms are compiled optimized at once: a load runs each of them over a whole model before any tiering would have noticed.</summary>
public static class Decoders
{
    /// <summary>Dequantizes whole blocks; <paramref name="values"/> has exactly their number of elements.</summary>
    /// <exception cref="ArgumentException">There is no decoder for the format, or the lengths do not fit.</exception>
    public static void Decode(NumberFormat format, ReadOnlySpan<byte> blocks, Span<float> values)
    {
        CheckLengths(format, blocks, values);
        switch (format)
        {
            case NumberFormat.F32: Floats.DecodeF32(blocks, values); break;
            case NumberFormat.F16: Floats.DecodeF16(blocks, values); break;
            case NumberFormat.BF16: Floats.DecodeBF16(blocks, values); break;
            case NumberFormat.F8E4M3: F8E4M3.Decode(blocks, values); break;
            case NumberFormat.E2M1: E2M1.Decode(blocks, values); break;
            case NumberFormat.Q4_0: Q4_0.Decode(blocks, values); break;
            case NumberFormat.Q4_1: Q4_1.Decode(blocks, values); break;
            case NumberFormat.Q5_0: Q5_0.Decode(blocks, values); break;
            case NumberFormat.Q5_1: Q5_1.Decode(blocks, values); break;
            case NumberFormat.Q8_0: Q8_0.Decode(blocks, values); break;
            case NumberFormat.Q4_K: Q4_K.Decode(blocks, values); break;
            case NumberFormat.Q5_K: Q5_K.Decode(blocks, values); break;
            case NumberFormat.Q6_K: Q6_K.Decode(blocks, values); break;
            default: throw NotBuilt(format);
        }
    }

    /// <summary>The same by the plain forms: the reference that the fast ones are tested against.</summary>
    internal static void DecodePlain(NumberFormat format, ReadOnlySpan<byte> blocks, Span<float> values)
    {
        CheckLengths(format, blocks, values);
        switch (format)
        {
            case NumberFormat.F32: Floats.DecodeF32(blocks, values); break;
            case NumberFormat.F16: Floats.DecodeF16Plain(blocks, values); break;
            case NumberFormat.BF16: Floats.DecodeBF16Plain(blocks, values); break;
            case NumberFormat.F8E4M3: F8E4M3.DecodePlain(blocks, values); break;
            case NumberFormat.E2M1: E2M1.Decode(blocks, values); break;
            case NumberFormat.Q4_0: Q4_0.DecodePlain(blocks, values); break;
            case NumberFormat.Q4_1: Q4_1.DecodePlain(blocks, values); break;
            case NumberFormat.Q5_0: Q5_0.DecodePlain(blocks, values); break;
            case NumberFormat.Q5_1: Q5_1.DecodePlain(blocks, values); break;
            case NumberFormat.Q8_0: Q8_0.DecodePlain(blocks, values); break;
            case NumberFormat.Q4_K: Q4_K.DecodePlain(blocks, values); break;
            case NumberFormat.Q5_K: Q5_K.DecodePlain(blocks, values); break;
            case NumberFormat.Q6_K: Q6_K.DecodePlain(blocks, values); break;
            default: throw NotBuilt(format);
        }
    }

    private static void CheckLengths(NumberFormat format, ReadOnlySpan<byte> blocks, Span<float> values)
    {
        if (!NumberFormats.CanDecode(format))
            throw NotBuilt(format);
        if (values.Length % NumberFormats.BlockElements(format) != 0 || blocks.Length != NumberFormats.ByteLength(format, values.Length))
            throw new ArgumentException($"{blocks.Length} bytes of {format} are not {values.Length} numbers.");
    }

    private static ArgumentException NotBuilt(NumberFormat format) => new($"There is no decoder for {format}: it is not built yet.");
}
