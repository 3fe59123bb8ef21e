using Hone.Models.Weights;
using Hone.Models.Weights.Gguf;
using Hone.Models.Weights.Safetensors;

namespace Hone.Unit.Models.Weights;

/// <summary>Files of many small things, which are larger as objects than as bytes: opening allocates no more than twice the file.</summary>
public class AllocationTests
{
    private const int Count = 5_000;

    [Fact]
    public void Gguf_of_many_small_tensors()
    {
        var writer = new GgufWriter();
        for (var i = 0; i < Count; i++)
            writer.Add(TestFiles.Counting($"{i}", [1]));
        AssertAtMostTwice(Bytes(writer), bytes => GgufFile.Read("tensors.gguf", bytes));
    }

    [Fact]
    public void Gguf_of_many_short_tokens()
    {
        var writer = new GgufWriter();
        byte[] items = [.. Enumerable.Range(0, Count).SelectMany(i => (byte[])[1, 0, 0, 0, 0, 0, 0, 0, (byte)('a' + i % 26)])];
        writer.Add("tokens", GgufValueType.Array, [8, 0, 0, 0, .. BitConverter.GetBytes((long)Count), .. items]);
        var bytes = Bytes(writer);
        AssertAtMostTwice(bytes, content => GgufFile.Read("tokens.gguf", content));
        using var file = GgufFile.Read("tokens.gguf", bytes);
        Assert.Equal(Count, file.Metadata["tokens"].AsStrings().Length);
    }

    [Fact]
    public void Safetensors_of_many_small_tensors()
    {
        var bytes = TestFiles.Safetensors([.. Enumerable.Range(0, Count).Select(i => ($"{i}", "F32", new[] { 1 }, new byte[4]))]);
        AssertAtMostTwice(bytes, content => SafetensorsFile.Read("tensors.safetensors", content));
    }

    private static void AssertAtMostTwice(byte[] file, Func<byte[], IWeightSource> open)
    {
        open(file).Dispose(); // what is allocated once a process does not count
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var source = open(file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 2 * file.Length);
    }

    private static byte[] Bytes(GgufWriter writer)
    {
        using var stream = new MemoryStream();
        writer.WriteTo(stream);
        return stream.ToArray();
    }
}
