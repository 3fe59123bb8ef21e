using Hone.Models.Weights;
using Hone.Models.Weights.Gguf;

namespace Hone.Unit.Models.Weights;

public class GgufFileTests
{
    private static readonly StoredTensor[] Tensors =
        [TestFiles.Counting("a", [2, 32]), TestFiles.Counting("b.weight", [3, 2, 8], 100), TestFiles.Counting("c", [5], 200)];

    [Fact]
    public void What_was_written_is_read()
    {
        using var file = GgufFile.Read("test.gguf", TestFiles.Gguf(Tensors));
        Assert.Equal(Tensors.Select(tensor => tensor.Name), file.Names);
        foreach (var written in Tensors)
        {
            Assert.True(file.TryGet(written.Name, out var read));
            Assert.Equal(written.Shape, read.Shape);
            Assert.Equal(written.ReadAll(), read.ReadAll());
        }
        Assert.Equal(Tensors.Sum(tensor => tensor.ByteLength), file.TotalBytes);
    }

    [Fact]
    public void Metadata_of_every_type_are_read()
    {
        using var file = GgufFile.Read("test.gguf", TestFiles.Gguf());
        var metadata = file.Metadata;
        Assert.Equal("llama", metadata["general.architecture"].AsString());
        Assert.Equal(200, metadata["test.U8"].AsInteger());
        Assert.Equal(-56, metadata["test.I8"].AsInteger());
        Assert.Equal(51200, metadata["test.U16"].AsInteger());
        Assert.Equal(-14336, metadata["test.I16"].AsInteger());
        Assert.Equal(3355443200, metadata["test.U32"].AsInteger());
        Assert.Equal(-939524096, metadata["test.I32"].AsInteger());
        Assert.Equal(1L << 56, metadata["test.U64"].AsInteger());
        Assert.Equal(-5, metadata["test.I64"].AsInteger());
        Assert.Equal(1e-5, metadata["test.F32"].AsNumber()); // the shortest decimal of the f32
        Assert.Equal(0.1, metadata["test.F64"].AsNumber());
        Assert.True(metadata["test.Bool"].AsBool());
        Assert.Equal([1, 2, -1], metadata["test.array.I32"].AsIntegers());
        Assert.Equal([1.0, 2, -1], metadata["test.array.I32"].AsNumbers());
        Assert.Equal([true, false], metadata["test.array.Bool"].AsBools());
        Assert.Equal(["one", "två"], metadata["test.array.String"].AsStrings());
        var nested = metadata["test.array.Array"].AsArrays();
        Assert.Equal([7], nested[0].AsIntegers());
        Assert.Empty(nested[1].AsIntegers());
    }

    [Fact]
    public void Asking_for_another_type_is_an_error_that_says_both()
    {
        using var file = GgufFile.Read("test.gguf", TestFiles.Gguf());
        var error = Assert.Throws<WeightFormatException>(() => file.Metadata["general.architecture"].AsInteger());
        Assert.Contains("String", error.Message);
        Assert.Contains("integer", error.Message);
        Assert.Contains("no.such.key", Assert.Throws<WeightFormatException>(() => file.Metadata["no.such.key"]).Message);
    }

    [Fact]
    public void A_closed_file_is_not_read()
    {
        var file = GgufFile.Read("test.gguf", TestFiles.Gguf(Tensors));
        Assert.True(file.TryGet("a", out var tensor));
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => tensor.ReadAll());
    }

    [Fact]
    public void Version_2_is_read_and_version_1_refused()
    {
        var bytes = TestFiles.Gguf(Tensors);
        bytes[4] = 2;
        GgufFile.Read("v2.gguf", bytes).Dispose();
        bytes[4] = 1;
        Assert.Contains("version 1", Assert.Throws<WeightFormatException>(() => GgufFile.Read("v1.gguf", bytes)).Message);
    }
}
