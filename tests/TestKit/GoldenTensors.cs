using System.Buffers.Binary;
using Hone.Models.Weights;
using Hone.Models.Weights.Formats;
using Hone.Models.Weights.Safetensors;
using Xunit;

namespace Hone.TestKit;

/// <summary>The tensors of a golden safetensors file, by name.</summary>
public sealed class GoldenTensors(string path) : IDisposable
{
    private readonly SafetensorsFile file = SafetensorsFile.Open(path);

    public IEnumerable<string> Names => file.Names;

    public bool Has(string name) => file.TryGet(name, out _);

    public int[] Shape(string name) => Tensor(name).Shape;

    public float[] Floats(string name) => Tensor(name).ReadAll();

    /// <summary>Integers, stored as I64.</summary>
    public long[] Integers(string name)
    {
        var tensor = Tensor(name);
        Assert.Equal(NumberFormat.I64, tensor.Format);
        var numbers = new List<long>();
        for (var row = 0; row < tensor.RowCount; row++)
        {
            var bytes = tensor.Row(row).Codes;
            for (var i = 0; i < tensor.RowLength; i++)
                numbers.Add(BinaryPrimitives.ReadInt64LittleEndian(bytes[(8 * i)..]));
        }
        return [.. numbers];
    }

    /// <summary>Token ids.</summary>
    public int[] Ids(string name) => Array.ConvertAll(Integers(name), id => checked((int)id));

    public void Dispose() => file.Dispose();

    private StoredTensor Tensor(string name) => file.TryGet(name, out var tensor) ? tensor : throw new ArgumentException($"{path} has no tensor {name}.");
}
