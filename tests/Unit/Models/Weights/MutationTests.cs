using System.Buffers.Binary;
using System.Diagnostics;
using Hone.Models.Weights;
using Hone.Models.Weights.Gguf;
using Hone.Models.Weights.Safetensors;

namespace Hone.Unit.Models.Weights;

/// <summary>Random mutations of valid files: each is accepted or refused by the typed error, in bounded time and memory.</summary>
public class MutationTests
{
    private const int Mutations = 50_000;

    // An exception, its message and its stack trace, and the reader's own objects: what a file of no bytes costs.
    private const int FixedBytes = 16 << 10;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Fact]
    public void Mutated_gguf_files_are_read_or_refused()
    {
        var seed = TestFiles.Gguf(TestFiles.Counting("a", [2, 32]), TestFiles.Counting("b.weight", [3, 2, 8]), TestFiles.Counting("c", [5]));
        AssertReadOrRefused(seed, bytes => GgufFile.Read("mutated.gguf", bytes), source =>
        {
            var metadata = ((GgufFile)source).Metadata;
            foreach (var key in metadata.Keys)
                _ = metadata[key].ToString();
        });
    }

    [Fact]
    public void Mutated_safetensors_files_are_read_or_refused()
    {
        var seed = TestFiles.Safetensors(
            ("a", "F32", [4, 2], new byte[32]), ("b.weight", "BF16", [2, 3, 2], new byte[24]), ("c", "F8_E4M3", [], [1]), ("d", "I64", [0, 3], []));
        AssertReadOrRefused(seed, bytes => SafetensorsFile.Read("mutated.safetensors", bytes), _ => { });
    }

    private static void AssertReadOrRefused(byte[] seed, Func<byte[], IWeightSource> open, Action<IWeightSource> read)
    {
        using (var valid = open(seed))
            Assert.NotEmpty(valid.Names);
        var random = new Random(20_251_125);
        var (accepted, refused, clock) = (0, 0, Stopwatch.StartNew());
        for (var i = 0; i < Mutations; i++)
        {
            var bytes = Mutate(seed, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                using var source = open(bytes);
                AssertAllocated(before, bytes, i);
                ReadTensors(source);
                read(source);
                accepted++;
            }
            catch (WeightFormatException)
            {
                refused++;
                AssertAllocated(before, bytes, i);
            }
        }
        Assert.True(clock.Elapsed < Longest, $"{Mutations} files took {clock.Elapsed}.");
        Assert.True(accepted > Mutations / 100 && refused > Mutations / 100, $"{accepted} accepted, {refused} refused: the mutations test one side only.");
    }

    private static void AssertAllocated(long before, byte[] file, int mutation)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= 2 * file.Length + FixedBytes, $"Mutation {mutation} of {file.Length} bytes allocated {allocated}.");
    }

    private static void ReadTensors(IWeightSource source)
    {
        foreach (var name in source.Names)
        {
            Assert.True(source.TryGet(name, out var tensor));
            if (tensor.RowCount > 0)
                _ = tensor.Row(tensor.RowCount - 1).Codes.Length;
            tensor.RequireFinite();
        }
    }

    /// <summary>One to four changes: flipped bits, random bytes, lengths that invite overflow, cuts, repetitions, insertions.</summary>
    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = seed.ToArray();
        for (var n = random.Next(1, 5); n > 0 && bytes.Length > 8; n--)
        {
            var at = random.Next(bytes.Length);
            var length = Math.Min(random.Next(1, 17), bytes.Length - at);
            switch (random.Next(7))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: random.NextBytes(bytes.AsSpan(at, length)); break;
                case 3: bytes = [.. bytes[..at], .. bytes[(at + length)..]]; break;
                case 4: bytes = [.. bytes[..(at + length)], .. bytes[at..]]; break;
                case 5: bytes = bytes[..at]; break;
                default: WriteExtreme(bytes.AsSpan(random.Next(bytes.Length - 7)), random); break;
            }
        }
        return bytes;
    }

    private static void WriteExtreme(Span<byte> target, Random random)
    {
        ReadOnlySpan<ulong> extremes = [0, 1, 0x7F, 0xFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1UL << 32, 1UL << 60, long.MaxValue, 1UL << 63, ulong.MaxValue - 31, ulong.MaxValue];
        var value = extremes[random.Next(extremes.Length)];
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteUInt64LittleEndian(target, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(target, (uint)value);
    }
}
