using Hone.Models.Weights;
using Hone.Models.Weights.Formats;

namespace Hone.Unit.Cpu.Kernels.Linear;

/// <summary>Stored tensors of random codes, some of them extreme, with finite scales.</summary>
internal static class RandomWeights
{
    public static readonly NumberFormat[] Formats =
    [
        NumberFormat.F32, NumberFormat.F16, NumberFormat.BF16, NumberFormat.F8E4M3, NumberFormat.E2M1,
        NumberFormat.Q4_0, NumberFormat.Q4_1, NumberFormat.Q5_0, NumberFormat.Q5_1, NumberFormat.Q8_0, NumberFormat.Q4_K, NumberFormat.Q5_K, NumberFormat.Q6_K,
    ];

    public static StoredTensor Create(NumberFormat format, int rows, int columns, int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[NumberFormats.ByteLength(format, (long)rows * columns)];
        random.NextBytes(bytes);
        for (var i = 0; i < bytes.Length / 7; i++)
            bytes[random.Next(bytes.Length)] = random.Next(2) == 0 ? (byte)0xFF : (byte)0x80;
        MakeFinite(format, bytes, random);
        var data = new TensorData(FileBytes.InMemory("random", bytes), "w", 0, format, columns, rows, Scales(format, rows, columns, random));
        return new StoredTensor(data, [rows, columns]);
    }

    private static void MakeFinite(NumberFormat format, byte[] bytes, Random random)
    {
        switch (format)
        {
            case NumberFormat.F32:
                for (var i = 0; i < bytes.Length; i += 4)
                    BitConverter.TryWriteBytes(bytes.AsSpan(i), random.NextSingle() * 2 - 1);
                return;
            case NumberFormat.BF16:
                for (var i = 1; i < bytes.Length; i += 2)
                    bytes[i] = (byte)(bytes[i] & 0x80 | random.Next(0x38, 0x41));
                return;
            case NumberFormat.F16:
                for (var i = 0; i < bytes.Length; i += 2)
                    WriteScale(bytes, i, random);
                return;
            case NumberFormat.F8E4M3:
                for (var i = 0; i < bytes.Length; i++)
                    bytes[i] = (bytes[i] & 0x7F) == 0x7F ? (byte)0x7E : bytes[i];
                return;
            case NumberFormat.E2M1:
                return;
        }
        var block = NumberFormats.BlockBytes(format);
        for (var i = 0; i < bytes.Length; i += block)
        {
            WriteScale(bytes, format == NumberFormat.Q6_K ? i + 208 : i, random);
            if (format is NumberFormat.Q4_1 or NumberFormat.Q5_1 or NumberFormat.Q4_K or NumberFormat.Q5_K)
                WriteScale(bytes, i + 2, random);
        }
    }

    /// <summary>An f16: mostly ordinary, sometimes zero, subnormal or large.</summary>
    private static void WriteScale(byte[] bytes, int offset, Random random)
    {
        var value = random.Next(12) switch
        {
            0 => (Half)0f,
            1 => BitConverter.UInt16BitsToHalf((ushort)random.Next(1, 0x400)),
            2 => (Half)(random.NextSingle() * 8),
            _ => (Half)((random.NextSingle() - 0.5f) * 0.1f),
        };
        BitConverter.TryWriteBytes(bytes.AsSpan(offset), value);
    }

    private static TensorScales? Scales(NumberFormat format, int rows, int columns, Random random)
    {
        if (format == NumberFormat.F8E4M3)
            return new TensorScales(PerRow: StoredTensor.FromValues("scale", [rows, 1], Enumerable.Range(0, rows).Select(_ => random.NextSingle() * 0.01f).ToArray()));
        if (format != NumberFormat.E2M1)
            return null;
        var codes = new byte[rows * columns / 16];
        for (var i = 0; i < codes.Length; i++)
            codes[i] = (byte)random.Next(0, 0x7F);
        var data = new TensorData(FileBytes.InMemory("scales", codes), "s", 0, NumberFormat.F8E4M3, columns / 16, rows);
        return new TensorScales(PerBlock: new StoredTensor(data, [rows, columns / 16]), Divisor: 3.7f);
    }
}
