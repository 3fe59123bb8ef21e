using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Hone.Models.Weights;
using Hone.Models.Weights.Gguf;

namespace Hone.Unit.Models.Weights;

/// <summary>Small weight files made in memory: what tests read, break and cut.</summary>
internal static class TestFiles
{
    /// <summary>A GGUF file with every type of metadata value and a few tensors.</summary>
    public static byte[] Gguf(params StoredTensor[] tensors)
    {
        var writer = new GgufWriter();
        writer.Add("general.architecture", "llama");
        foreach (var (type, value) in Scalars)
            writer.Add($"test.{type}", type, value);
        writer.Add("test.array.I32", GgufValueType.Array, Array(GgufValueType.I32, 3, [1, 0, 0, 0, 2, 0, 0, 0, 255, 255, 255, 255]));
        writer.Add("test.array.Bool", GgufValueType.Array, Array(GgufValueType.Bool, 2, [1, 0]));
        writer.Add("test.array.String", GgufValueType.Array, Array(GgufValueType.String, 2, [.. Text("one"), .. Text("två")]));
        writer.Add("test.array.Array", GgufValueType.Array, Array(GgufValueType.Array, 2, [.. Array(GgufValueType.U8, 1, [7]), .. Array(GgufValueType.U8, 0, [])]));
        foreach (var tensor in tensors)
            writer.Add(tensor);
        using var stream = new MemoryStream();
        writer.WriteTo(stream);
        return stream.ToArray();
    }

    public static readonly (GgufValueType Type, byte[] Value)[] Scalars =
    [
        (GgufValueType.U8, [200]), (GgufValueType.I8, [200]), (GgufValueType.U16, [0, 200]), (GgufValueType.I16, [0, 200]),
        (GgufValueType.U32, [0, 0, 0, 200]), (GgufValueType.I32, [0, 0, 0, 200]), (GgufValueType.F32, BitConverter.GetBytes(1e-5f)),
        (GgufValueType.Bool, [1]), (GgufValueType.U64, [0, 0, 0, 0, 0, 0, 0, 1]), (GgufValueType.I64, BitConverter.GetBytes(-5L)),
        (GgufValueType.F64, BitConverter.GetBytes(0.1)),
    ];

    /// <summary>A safetensors file of the given tensors, in the order given.</summary>
    public static byte[] Safetensors(params (string Name, string Dtype, int[] Shape, byte[] Data)[] tensors)
    {
        var header = new Dictionary<string, object> { ["__metadata__"] = new Dictionary<string, string> { ["format"] = "pt" } };
        var end = 0;
        foreach (var (name, dtype, shape, data) in tensors)
            header.Add(name, new Dictionary<string, object> { ["dtype"] = dtype, ["shape"] = shape, ["data_offsets"] = new[] { end, end += data.Length } });
        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        return [.. BitConverter.GetBytes((long)json.Length), .. json, .. tensors.SelectMany(tensor => tensor.Data)];
    }

    /// <summary>f32 values first, first + 1, … as a tensor.</summary>
    public static StoredTensor Counting(string name, int[] shape, float first = 0)
    {
        var values = new float[shape.Aggregate(1, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
            values[i] = first + i;
        return StoredTensor.FromValues(name, shape, values);
    }

    private static byte[] Array(GgufValueType item, int count, byte[] items) => [.. BitConverter.GetBytes((uint)item), .. BitConverter.GetBytes((ulong)count), .. items];

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        return [.. length, .. bytes];
    }
}
