using Hone.Models.Weights.Formats;

namespace Hone.Models.Weights;

/// <summary>One row of a weight in the file's own form: what packers read. Value i is decode(code i) · <see cref="Scale"/> · its block's scale.</summary>
public readonly ref struct StoredRow
{
    private readonly TensorData _data;

    internal StoredRow(TensorData data, ReadOnlySpan<byte> codes)
    {
        _data = data;
        Codes = codes;
        Scale = 1;
        BlockScaleDivisor = 1;
    }

    public NumberFormat Format => _data.Format;

    /// <summary>Numbers in the row.</summary>
    public int Length => _data.RowLength;

    /// <summary>The stored bytes; GGUF blocks hold their scales inside.</summary>
    public ReadOnlySpan<byte> Codes { get; }

    /// <summary>Multiplies every value of the row; 1 unless the checkpoint has a scale per output channel.</summary>
    public float Scale { get; internal init; }

    /// <summary>nvfp4: one e4m3 code for each <see cref="Nvfp4.Block"/> values; empty in every other format.</summary>
    public ReadOnlySpan<byte> BlockScaleCodes { get; internal init; }

    /// <summary>nvfp4: divides every block scale; the same number in all rows of a tensor.</summary>
    public float BlockScaleDivisor { get; internal init; }

    /// <summary>Dequantizes the row into f32.</summary>
    /// <exception cref="WeightFormatException">There is no decoder for the format.</exception>
    public void Decode(Span<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, Length);
        _data.RequireDecodable();
        if (Format == NumberFormat.E2M1)
            Nvfp4.Decode(Codes, BlockScaleCodes, BlockScaleDivisor, values);
        else
            Decoders.Decode(Format, Codes, values);
        if (Scale != 1)
            System.Numerics.Tensors.TensorPrimitives.Multiply(values, Scale, values);
    }
}
