using Hone.Models.Weights.Formats;

namespace Hone.Models.Weights;

/// <summary>Rows of one tensor where they lie in a file, one after the other; the container has checked the bounds.</summary>
/// <param name="Name">The file's own name for it, for messages.</param>
internal sealed record TensorData(FileBytes File, string Name, long Offset, NumberFormat Format, int RowLength, int RowCount, TensorScales? Scales = null)
{
    public int RowBytes => checked((int)NumberFormats.ByteLength(Format, RowLength));

    public StoredRow Row(int row)
    {
        var codes = File.Slice(Offset + (long)row * RowBytes, RowBytes);
        return Scales is null ? new StoredRow(this, codes) : Scales.Apply(new StoredRow(this, codes), row);
    }

    public void RequireDecodable()
    {
        if (!NumberFormats.CanDecode(Format))
            throw Error($"is stored as {Format}, a format that is not built yet");
    }

    public WeightFormatException Error(string problem) => new(File.Name, problem, Name);
}

/// <summary>Some consecutive rows of a <see cref="TensorData"/>.</summary>
internal readonly record struct RowPiece(TensorData Data, int First, int Count);
