using System.Runtime.InteropServices;
using Hone.Models.Weights.Formats;

namespace Hone.Models.Weights;

/// <summary>Views of stored tensors: other names and shapes, row ranges, row orders, rows of several tensors. None copies weights except <see cref="Transpose"/>.</summary>
public sealed partial class StoredTensor
{
    /// <summary>The same rows under another name and shape.</summary>
    /// <exception cref="ArgumentException">The shape has another number of elements, or cuts the rows of a tensor that can't be cut (blocks, views).</exception>
    public StoredTensor As(string name, params int[] shape)
    {
        var rowLength = shape.Length == 0 ? 1 : shape[^1];
        if (rowLength == RowLength)
            return new StoredTensor(name, shape, _pieces, _rows, IsCanonical);
        var (data, first, count) = _pieces[0];
        if (_pieces.Length > 1 || _rows is not null || data.Scales is not null || NumberFormats.BlockElements(Format) != 1)
            throw new ArgumentException($"'{Name}' ({Format}) has rows of {RowLength}: they cannot be read as rows of {rowLength}.");
        var elements = (long)count * RowLength;
        var reshaped = data with
        {
            Offset = data.Offset + (long)first * data.RowBytes,
            RowLength = rowLength,
            RowCount = rowLength == 0 ? 0 : (int)(elements / rowLength),
        };
        return new StoredTensor(name, shape, [new RowPiece(reshaped, 0, reshaped.RowCount)], null, IsCanonical);
    }

    /// <summary>Says that the file holds the canonical value, so that no <c>Form</c> is applied to it.</summary>
    public StoredTensor AsCanonical() => new(Name, Shape, _pieces, _rows, isCanonical: true);

    /// <summary>The rows [first, first + count) as [count, RowLength].</summary>
    public StoredTensor RowRange(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, RowCount - count);
        if (_rows is not null)
            return new StoredTensor(Name, [count, RowLength], _pieces, _rows[first..(first + count)], IsCanonical);
        var pieces = new List<RowPiece>();
        foreach (var piece in _pieces)
        {
            var from = Math.Clamp(first, 0, piece.Count);
            var to = Math.Clamp(first + count, 0, piece.Count);
            if (to > from)
                pieces.Add(new RowPiece(piece.Data, piece.First + from, to - from));
            first -= piece.Count;
        }
        return new StoredTensor(Name, [count, RowLength], [.. pieces], null, IsCanonical);
    }

    /// <summary>Row r is row <c>rows[r]</c> of this tensor; some may be left out or come twice. The shape is [rows.Length, RowLength], or this one's if the count is equal.</summary>
    public StoredTensor InOrder(int[] rows)
    {
        ArgumentOutOfRangeException.ThrowIfZero(rows.Length);
        if (Array.Exists(rows, row => row < 0 || row >= RowCount))
            throw new ArgumentException($"'{Name}' has {RowCount} rows: the order names one that it does not have.");
        var order = _rows is null ? rows : Array.ConvertAll(rows, row => _rows[row]);
        return new StoredTensor(Name, rows.Length == RowCount ? Shape : [rows.Length, RowLength], _pieces, order, IsCanonical);
    }

    /// <summary>The rows of all parts, one after the other, as [Σ rows, RowLength]. The parts may have different formats.</summary>
    public static StoredTensor Concat(string name, params StoredTensor[] parts)
    {
        var count = parts.Sum(part => part.RowCount);
        RowPiece[] pieces = [.. parts.SelectMany(part => part._pieces)];
        var canonical = parts.All(part => part.IsCanonical);
        if (parts.All(part => part._rows is null))
            return new StoredTensor(name, [count, parts[0].RowLength], pieces, null, canonical);
        var rows = new List<int>(count);
        var start = 0;
        foreach (var part in parts)
        {
            rows.AddRange(part._rows is null ? Enumerable.Range(start, part.RowCount) : part._rows.Select(row => start + row));
            start += part._pieces.Sum(piece => piece.Count);
        }
        return new StoredTensor(name, [count, parts[0].RowLength], pieces, [.. rows], canonical);
    }

    /// <summary>
    /// The last two dimensions exchanged. Dequantizes into f32 memory of its own: for small tensors only (low-rank pairs, deepseek's key half of kv_b).
    /// </summary>
    public StoredTensor Transpose()
    {
        if (Shape.Length < 2)
            throw new ArgumentException($"'{Name}' has {Shape.Length} dimensions: there are no two to exchange.");
        var (height, width) = (Shape[^2], Shape[^1]);
        var source = ReadAll();
        var target = new float[source.Length];
        for (var i = 0; i < source.Length; i++)
        {
            var matrix = i / (height * width);
            var (row, column) = ((i / width) % height, i % width);
            target[(matrix * width + column) * height + row] = source[i];
        }
        return FromValues(Name, [.. Shape[..^2], width, height], target, IsCanonical);
    }

    /// <summary>A tensor that lies in no file: values computed from others, defaults.</summary>
    public static StoredTensor FromValues(string name, int[] shape, ReadOnlyMemory<float> values, bool isCanonical = false)
    {
        var rowLength = shape.Length == 0 ? 1 : shape[^1];
        var bytes = MemoryMarshal.AsBytes(values.Span).ToArray();
        var data = new TensorData(FileBytes.InMemory(name, bytes), name, 0, NumberFormat.F32, rowLength, rowLength == 0 ? 0 : values.Length / rowLength);
        return new StoredTensor(name, shape, [new RowPiece(data, 0, data.RowCount)], null, isCanonical);
    }
}
