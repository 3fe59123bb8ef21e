using Hone.Models.Weights.Formats;

namespace Hone.Models.Weights;

/// <summary>
/// One weight as a checkpoint stores it: rows in the file's own number format, decoded one at a time and never blown up as a whole.
/// The rows may come from several tensors of the file and in another order (<c>StoredTensor.Views.cs</c>), so readers ask for rows, not for one block of bytes.
/// Valid while its <see cref="IWeightSource"/> is open.
/// </summary>
public sealed partial class StoredTensor
{
    private readonly RowPiece[] _pieces;
    private readonly int[]? _rows; // row r of this tensor is row _rows[r] of the pieces laid end to end; null: the same row

    private StoredTensor(string name, int[] shape, RowPiece[] pieces, int[]? rows, bool isCanonical)
    {
        Name = name;
        Shape = shape;
        _pieces = pieces;
        _rows = rows;
        IsCanonical = isCanonical;
        RowLength = pieces[0].Data.RowLength;
        RowCount = rows?.Length ?? pieces.Sum(p => p.Count);
        Format = pieces.All(p => p.Data.Format == pieces[0].Data.Format) ? pieces[0].Data.Format : NumberFormat.Mixed;
        if (pieces.Any(p => p.Data.RowLength != RowLength))
            throw new ArgumentException($"The parts of '{name}' have rows of different lengths.");
        if (Elements(shape) != (long)RowLength * RowCount)
            throw new ArgumentException($"'{name}' has {RowCount} rows of {RowLength}, which is not [{string.Join(", ", shape)}].");
    }

    internal StoredTensor(TensorData data, int[] shape) : this(data.Name, shape, [new RowPiece(data, 0, data.RowCount)], null, isCanonical: false)
    {
    }

    public string Name { get; }

    /// <summary>Outermost first, in numbers (not bytes or blocks); [] is a scalar.</summary>
    public int[] Shape { get; }

    /// <summary>The format of all rows, or <see cref="NumberFormat.Mixed"/>.</summary>
    public NumberFormat Format { get; }

    /// <summary>Numbers in a row: the innermost dimension, 1 for a scalar.</summary>
    public int RowLength { get; }

    /// <summary>The product of the outer dimensions.</summary>
    public int RowCount { get; }

    /// <summary>The file already holds the canonical value (1 + w, −exp(A_log), [out, in]): the form of the graph's weight is not to be applied.</summary>
    public bool IsCanonical { get; }

    /// <summary>Bytes of all rows as stored, without scales kept apart.</summary>
    public long ByteLength
    {
        get
        {
            if (_rows is null)
                return _pieces.Sum(p => (long)p.Count * p.Data.RowBytes);
            return _rows.Sum(row => (long)Locate(row).Data.RowBytes);
        }
    }

    /// <summary>Refuses, by its name, a format that there is no decoder for.</summary>
    public void RequireDecodable()
    {
        foreach (var piece in _pieces)
            piece.Data.RequireDecodable();
    }

    /// <summary>Row <paramref name="row"/> as stored; the span lies in the file.</summary>
    public StoredRow Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
        var (data, index) = Locate(_rows is null ? row : _rows[row]);
        return data.Row(index);
    }

    /// <summary>Dequantizes one row into f32 [<see cref="RowLength"/>].</summary>
    public void ReadRow(int row, Span<float> values) => Row(row).Decode(values);

    /// <summary>Dequantizes everything into f32 [RowCount · RowLength]: for norms, biases and other small tensors.</summary>
    public void ReadAll(Span<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, (long)RowCount * RowLength);
        for (var row = 0; row < RowCount; row++)
            ReadRow(row, values.Slice(row * RowLength, RowLength));
    }

    /// <inheritdoc cref="ReadAll(Span{float})"/>
    public float[] ReadAll()
    {
        var values = new float[checked(RowCount * RowLength)];
        ReadAll(values);
        return values;
    }

    /// <summary>The same rows with scales that lie in other tensors, their bytes read as <paramref name="format"/>.</summary>
    internal StoredTensor WithScales(string name, NumberFormat format, int rowLength, TensorScales scales) =>
        new(_pieces[0].Data with { Name = name, Format = format, RowLength = rowLength, Scales = scales }, [RowCount, rowLength]);

    /// <summary>An error of the file that this tensor (its first row) lies in.</summary>
    internal WeightFormatException Error(string problem) => new(_pieces[0].Data.File.Name, problem, Name);

    private (TensorData Data, int Row) Locate(int row)
    {
        foreach (var piece in _pieces)
        {
            if (row < piece.Count)
                return (piece.Data, piece.First + row);
            row -= piece.Count;
        }
        throw new ArgumentOutOfRangeException(nameof(row));
    }

    private static long Elements(int[] shape)
    {
        if (shape.Contains(0))
            return 0; // whatever the other sizes are
        var product = 1L;
        foreach (var size in shape)
            product = checked(product * size);
        return product;
    }
}
