using Hone.Models.Weights.Formats;

namespace Hone.Unit.Models.Weights;

/// <summary>The fast decoders against the plain ones: equal bits on random bytes, whatever scales and NaN they make.</summary>
public class DecoderTests
{
    private const int MaxBlocks = 70; // past several vectors of the formats whose block is one number

    public static TheoryData<NumberFormat> Formats() => [.. Enum.GetValues<NumberFormat>().Where(NumberFormats.CanDecode)];

    [Theory, MemberData(nameof(Formats))]
    public void Fast_and_plain_give_the_same_bits(NumberFormat format)
    {
        var random = new Random(11);
        for (var blocks = 0; blocks <= MaxBlocks; blocks++)
        {
            var bytes = new byte[blocks * NumberFormats.BlockBytes(format)];
            random.NextBytes(bytes);
            var fast = new float[blocks * NumberFormats.BlockElements(format)];
            var plain = new float[fast.Length];
            Decoders.Decode(format, bytes, fast);
            Decoders.DecodePlain(format, bytes, plain);
            for (var i = 0; i < fast.Length; i++)
                Assert.True(float.IsNaN(plain[i]) ? float.IsNaN(fast[i]) : Bits(plain[i]) == Bits(fast[i]), $"{blocks} blocks, number {i}: {fast[i]:R} instead of {plain[i]:R}");
        }
    }

    [Theory, MemberData(nameof(Formats))]
    public void Lengths_that_do_not_fit_are_refused(NumberFormat format)
    {
        var bytes = new byte[NumberFormats.BlockBytes(format)];
        Assert.Throws<ArgumentException>(() => Decoders.Decode(format, bytes, new float[NumberFormats.BlockElements(format) + 1]));
        Assert.Throws<ArgumentException>(() => Decoders.Decode(format, bytes.AsSpan(1), new float[NumberFormats.BlockElements(format)]));
    }

    [Fact]
    public void A_format_without_decoder_is_refused_by_name() =>
        Assert.Contains("IQ2_XS", Assert.Throws<ArgumentException>(() => Decoders.Decode(NumberFormat.IQ2_XS, new byte[74], new float[256])).Message);

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);
}
