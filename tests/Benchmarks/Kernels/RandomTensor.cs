using Hone.Models.Weights;
using Hone.Models.Weights.Formats;

namespace Hone.Benchmarks.Kernels;

/// <summary>Stored tensors of random bytes: figures taken on zeros flatter.</summary>
internal static class RandomTensor
{
    public static StoredTensor Create(NumberFormat format, int rows, int columns)
    {
        var scales = format == NumberFormat.E2M1 ? new TensorScales(PerBlock: Create(NumberFormat.F8E4M3, rows, columns / 16)) : null;
        return new StoredTensor(new TensorData(FileBytes.InMemory("random", Bytes(format, rows, columns)), "w", 0, format, columns, rows, scales), [rows, columns]);
    }

    private static byte[] Bytes(NumberFormat format, int rows, int columns)
    {
        var bytes = new byte[NumberFormats.ByteLength(format, (long)rows * columns)];
        new Random(rows + columns).NextBytes(bytes);
        for (var i = 1; i < bytes.Length; i += 2)
            bytes[i] &= 0x2F; // keeps every f16, bf16 and f32 finite and small
        if (format == NumberFormat.F8E4M3)
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] &= 0x3F;
        return bytes;
    }
}
