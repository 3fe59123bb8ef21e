using System.Text;
using Hone.Models.Weights;
using Hone.Models.Weights.Safetensors;

namespace Hone.Unit.Models.Weights;

public sealed class SafetensorsFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Shards_are_read_through_the_index()
    {
        WriteShards();
        WriteIndex("""{"metadata": {"total_size": 12}, "weight_map": {"a": "m-1.safetensors", "b": "m-2.safetensors"}}""");
        using var folder = SafetensorsFolder.Open(_folder.Path);
        Assert.Equal(["a", "b"], folder.Names.Order());
        Assert.Equal(12, folder.TotalBytes);
        Assert.True(folder.TryGet("b", out var b));
        Assert.Equal([1, 2], b.ReadAll());
        Assert.False(folder.TryGet("c", out _));
    }

    [Theory]
    [InlineData("""{"weight_map": {"a": "m-2.safetensors"}}""", "is not in the file")]
    [InlineData("""{"weight_map": {"a": "../m-1.safetensors"}}""", "beside the index")]
    [InlineData("""{"weight_map": {"a": "sub\\m-1.safetensors"}}""", "beside the index")]
    [InlineData("""{"weight_map": {"a": "m-1.safetensors\u0000.safetensors"}}""", "beside the index")]
    [InlineData("""{"weight_map": {"a": "pytorch_model.bin"}}""", "beside the index")]
    [InlineData("""{"weight_map": {"a": 1}}""", "beside the index")]
    [InlineData("""{"weight_map": {"a": "m-1.safetensors", "a": "m-1.safetensors"}}""", "appears twice")]
    [InlineData("""{"weight_map": {"a": "\ud800.safetensors"}}""", "not valid JSON")]
    [InlineData("""{"weight_map": []}""", "no object weight_map")]
    [InlineData("""[]""", "no object weight_map")]
    [InlineData("""{"weight_map": {""", "not valid JSON")]
    [InlineData("""{"weight_map": {"a": "m-3.safetensors"}}""", "m-3.safetensors")]
    public void A_wrong_index_is_refused(string index, string problem)
    {
        WriteShards();
        WriteIndex(index);
        Assert.Contains(problem, Assert.Throws<WeightFormatException>(() => SafetensorsFolder.Open(_folder.Path)).Message);
    }

    [Fact]
    public void Pickle_is_not_read()
    {
        _folder.Write("pytorch_model.bin", [0x80, 0x02]);
        Assert.Contains("pickle", Assert.Throws<WeightFormatException>(() => SafetensorsFolder.Open(_folder.Path)).Message);
    }

    private void WriteShards()
    {
        _folder.Write("m-1.safetensors", TestFiles.Safetensors(("a", "F32", [2], new byte[8])));
        _folder.Write("m-2.safetensors", TestFiles.Safetensors(("b", "BF16", [2], [128, 63, 0, 64])));
    }

    private void WriteIndex(string json) => _folder.Write("model.safetensors.index.json", Encoding.UTF8.GetBytes(json));
}
