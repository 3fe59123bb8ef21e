using Hone.Models.Weights.Formats;

namespace Hone.Models.Weights.Gguf;

/// <summary>One entry of the tensor table.</summary>
/// <param name="Shape">Outermost first; the file lists them innermost first.</param>
/// <param name="Offset">In bytes from the start of the tensor data; after <see cref="Place"/> from the start of the file.</param>
internal readonly record struct GgufTensorInfo(string Name, NumberFormat Format, int[] Shape, long Offset)
{
    private const int MaxNameBytes = 255;
    private const int MaxDimensions = 4;

    /// <summary>Below 2^63, as <see cref="CheckSize"/> found it to be no more than the file has.</summary>
    public long ByteLength => (long)Bytes(Format, Shape);

    public static GgufTensorInfo Read(GgufCursor cursor)
    {
        var name = cursor.Text("a tensor name", MaxNameBytes);
        if (name.Length == 0)
            throw cursor.Error("a tensor has no name");
        var shape = ReadShape(cursor, name);
        var type = cursor.U32("the type of a tensor");
        if (!GgufTensorTypes.TryGet(type, out var format))
            throw Error(cursor, name, $"its type {type} does not exist");
        var block = NumberFormats.BlockElements(format);
        if (shape[^1] % block != 0)
            throw Error(cursor, name, $"its rows of {shape[^1]} numbers are not a multiple of the {block} that a block of {format} holds");
        var offset = cursor.U64("the offset of a tensor");
        if (offset > (ulong)cursor.File.Length)
            throw Error(cursor, name, $"its offset {offset} is beyond the end of the file");
        CheckSize(cursor, name, format, shape);
        return new GgufTensorInfo(name, format, shape, (long)offset);
    }

    /// <summary>Moves the offset to where the tensor data begin and checks that the tensor lies in the file.</summary>
    public GgufTensorInfo Place(FileBytes file, long dataStart, int alignment)
    {
        if (Offset % alignment != 0)
            throw new WeightFormatException(file.Name, $"its offset {Offset} is not a multiple of the alignment {alignment}", Name);
        var start = dataStart + Offset;
        if (start > file.Length || ByteLength > file.Length - start)
            throw new WeightFormatException(file.Name, $"needs {ByteLength} bytes, the file ends at {file.Length}", Name, start);
        return this with { Offset = start };
    }

    private static int[] ReadShape(GgufCursor cursor, string name)
    {
        var dimensions = cursor.U32("the number of dimensions");
        if (dimensions is 0 or > MaxDimensions)
            throw Error(cursor, name, $"has {dimensions} dimensions, a tensor has 1 to {MaxDimensions}");
        var shape = new int[dimensions];
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            var size = cursor.U64("a dimension");
            if (size is 0 or > int.MaxValue)
                throw Error(cursor, name, $"a dimension is {size}, sizes go from 1 to 2^31 - 1");
            shape[i] = (int)size;
        }
        return shape;
    }

    private static Int128 Bytes(NumberFormat format, int[] shape) => Elements(shape) / NumberFormats.BlockElements(format) * NumberFormats.BlockBytes(format);

    private static Int128 Elements(int[] shape)
    {
        var elements = (Int128)1;
        foreach (var size in shape)
            elements *= size; // four factors below 2^31
        return elements;
    }

    private static void CheckSize(GgufCursor cursor, string name, NumberFormat format, int[] shape)
    {
        var bytes = Bytes(format, shape);
        if (bytes > cursor.File.Length)
            throw Error(cursor, name, $"[{string.Join(", ", shape)}] of {format} needs {bytes} bytes, the whole file has {cursor.File.Length}");
        if (Elements(shape) / shape[^1] > int.MaxValue || NumberFormats.ByteLength(format, shape[^1]) > int.MaxValue)
            throw Error(cursor, name, $"[{string.Join(", ", shape)}] has more than 2^31 rows, or rows of more than 2^31 bytes");
    }

    private static WeightFormatException Error(GgufCursor cursor, string name, string problem) => new(cursor.File.Name, problem, name, cursor.Position);
}
