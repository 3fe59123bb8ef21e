using Hone.Models.Weights.Gguf;
using Hone.TestKit;

namespace Hone.Golden.Quantization;

/// <summary>The shards under deploy/models are the model that they were cut from.</summary>
public class ModelInTheBoxTests
{
    private const string FirstShard = "-00001-of-";
    private const long MaxShardBytes = 50_000_000;

    [Fact]
    public void Every_tensor_and_metadata_value_is_that_of_the_original()
    {
        var path = Directory.GetFiles(Repository.PathTo("deploy", "models"), $"*{FirstShard}*.gguf").Single();
        var name = Path.GetFileName(path)[..Path.GetFileName(path).IndexOf(FirstShard, StringComparison.Ordinal)];
        using var original = GgufFile.Open(Shared.Require("models", name + ".gguf"));
        using var shards = GgufFile.Open(path);

        Assert.Equal(original.Names, shards.Names);
        foreach (var tensorName in original.Names)
        {
            Assert.True(original.TryGet(tensorName, out var expected));
            Assert.True(shards.TryGet(tensorName, out var actual));
            Assert.Equal(expected.Format, actual.Format);
            Assert.Equal(expected.Shape, actual.Shape);
            for (var row = 0; row < expected.RowCount; row++)
                Assert.True(expected.Row(row).Codes.SequenceEqual(actual.Row(row).Codes), $"{tensorName}, row {row}");
        }
        foreach (var key in original.Metadata.Keys)
            Assert.True(original.Metadata[key].Encoded().SequenceEqual(shards.Metadata[key].Encoded()), key);
    }

    [Fact]
    public void Every_shard_is_under_the_limit()
    {
        foreach (var path in Directory.GetFiles(Repository.PathTo("deploy", "models"), "*.gguf"))
            Assert.InRange(new FileInfo(path).Length, 1, MaxShardBytes - 1);
    }
}
