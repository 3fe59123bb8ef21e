using Hone.Models.Weights;
using Hone.Models.Weights.Gguf;

namespace Hone.Unit.Models.Weights;

public sealed class GgufSplitterTests : IDisposable
{
    private const int MaxBytes = 2500;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Shards_hold_the_model_and_no_more_than_allowed()
    {
        var whole = _folder.Write("tiny.gguf", TestFiles.Gguf([.. Enumerable.Range(0, 10).Select(i => TestFiles.Counting($"t.{i}", [3 + i, 32], i))]));
        var shards = GgufSplitter.Split(whole, _folder.Path, MaxBytes);
        Assert.True(shards.Count > 2);
        Assert.All(shards, shard => Assert.InRange(new FileInfo(shard).Length, 1, MaxBytes));
        AssertSameModel(whole, shards[0]);
    }

    [Fact]
    public void A_split_model_can_be_split_again()
    {
        var whole = _folder.Write("tiny.gguf", TestFiles.Gguf([.. Enumerable.Range(0, 10).Select(i => TestFiles.Counting($"t.{i}", [3 + i, 32], i))]));
        var shards = GgufSplitter.Split(whole, _folder.Path, MaxBytes);
        var again = GgufSplitter.Split(shards[0], Directory.CreateDirectory(Path.Combine(_folder.Path, "again")).FullName, 2 * MaxBytes);
        Assert.True(again.Count < shards.Count);
        AssertSameModel(whole, again[0]);
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_a_file_is_written()
    {
        var whole = _folder.Write("tiny.gguf", TestFiles.Gguf(TestFiles.Counting("small", [1, 8]), TestFiles.Counting("large", [100, 32])));
        Assert.Contains("large", Assert.Throws<ArgumentException>(() => GgufSplitter.Split(whole, _folder.Path, MaxBytes)).Message);
        Assert.Contains("metadata", Assert.Throws<ArgumentException>(() => GgufSplitter.Split(whole, _folder.Path, 100)).Message);
        Assert.Equal([whole], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Missing_swapped_and_later_shards_are_refused()
    {
        var whole = _folder.Write("tiny.gguf", TestFiles.Gguf([.. Enumerable.Range(0, 10).Select(i => TestFiles.Counting($"t.{i}", [3 + i, 32], i))]));
        var shards = GgufSplitter.Split(whole, _folder.Path, MaxBytes);
        Assert.Contains("not the first shard", Assert.Throws<WeightFormatException>(() => GgufFile.Open(shards[1])).Message);
        Assert.Contains("others are not given", Assert.Throws<WeightFormatException>(() => GgufFile.Read(shards[0], File.ReadAllBytes(shards[0]))).Message);

        File.Copy(shards[2], shards[1], overwrite: true);
        Assert.Contains("says it is shard 2", Assert.Throws<WeightFormatException>(() => GgufFile.Open(shards[0])).Message);
        File.Delete(shards[1]);
        Assert.Contains(Path.GetFileName(shards[1]), Assert.Throws<WeightFormatException>(() => GgufFile.Open(shards[0])).Message);
        var renamed = Path.Combine(_folder.Path, "renamed.gguf");
        File.Move(shards[0], renamed);
        Assert.Contains("is not named", Assert.Throws<WeightFormatException>(() => GgufFile.Open(renamed)).Message);
    }

    private static void AssertSameModel(string expectedPath, string actualPath)
    {
        using var expected = GgufFile.Open(expectedPath);
        using var actual = GgufFile.Open(actualPath);
        Assert.Equal(expected.Names, actual.Names);
        Assert.All(expected.Metadata.Keys, key => Assert.Equal(expected.Metadata[key].ToString(), actual.Metadata[key].ToString()));
        foreach (var name in expected.Names)
        {
            Assert.True(expected.TryGet(name, out var before));
            Assert.True(actual.TryGet(name, out var after));
            Assert.Equal(before.Shape, after.Shape);
            Assert.Equal(before.Format, after.Format);
            Assert.Equal(before.ReadAll(), after.ReadAll());
        }
    }
}
