using Hone.Cpu;
using Hone.Cpu.Packing;
using Hone.Models.Weights;
using Hone.Models.Weights.Formats;

namespace Hone.Unit.Cpu.Kernels.Linear;

public class PackedMatrixTests
{
    public static TheoryData<NumberFormat> Formats => new(RandomWeights.Formats);

    [Theory, MemberData(nameof(Formats))]
    public void Rows_read_back_as_stored(NumberFormat format)
    {
        var tensor = RandomWeights.Create(format, 21, 512, seed: 1);
        using var matrix = PackedMatrix.Pack(tensor, Profile.Fast);
        var (expected, actual) = (new float[512], new float[512]);
        for (var row = 0; row < 21; row++)
        {
            tensor.ReadRow(row, expected);
            matrix.ReadRow(row, actual);
            for (var k = 0; k < 512; k++)
                if (format == NumberFormat.E2M1) // code · scale / divisor, where the file's decoder divides first
                    Assert.Equal(expected[k], actual[k], Math.Abs(expected[k]) * 2e-7f);
                else
                    Assert.Equal(expected[k], actual[k]);
        }
    }

    [Theory, MemberData(nameof(Formats))]
    public void Packed_bytes_stay_near_the_file(NumberFormat format)
    {
        var tensor = RandomWeights.Create(format, 64, 512, seed: 2);
        using var matrix = PackedMatrix.Pack(tensor, Profile.Fast);
        var bits = matrix.Bytes * 8.0 / (64 * 512);
        var stored = tensor.ByteLength * 8.0 / (64 * 512);
        var limit = format is NumberFormat.Q5_0 or NumberFormat.Q5_1 or NumberFormat.Q5_K or NumberFormat.Q6_K ? 9 : stored * 1.04 + 0.5;
        Assert.True(bits <= limit, $"{format}: {bits} bits a weight packed, {stored} stored");
    }

    [Fact]
    public void Stacked_rows_are_one_matrix()
    {
        var (q, k) = (RandomWeights.Create(NumberFormat.Q4_1, 20, 64, 3), RandomWeights.Create(NumberFormat.Q4_1, 9, 64, 4));
        using var matrix = PackedMatrix.Pack([q, k], Profile.Fast);
        Assert.Equal(29, matrix.Outputs);
        Assert.Equal(Rows(q).Concat(Rows(k)), Rows(matrix));
    }

    [Fact]
    public void Groups_of_gate_and_up_alternate()
    {
        var (gate, up) = (RandomWeights.Create(NumberFormat.Q8_0, 40, 32, 5), RandomWeights.Create(NumberFormat.Q8_0, 40, 32, 6));
        using var matrix = PackedMatrix.Pack([gate, up], Profile.Fast, Stacking.Groups);
        Assert.Equal(96, matrix.Outputs); // three groups each, the last ones half empty
        var rows = Rows(matrix);
        for (var row = 0; row < 48; row++)
        {
            var place = row / 16 * 32 + row % 16;
            Assert.Equal(row < 40 ? Rows(gate)[row] : new float[32], rows[place]);
            Assert.Equal(row < 40 ? Rows(up)[row] : new float[32], rows[place + 16]);
        }
    }

    [Theory]
    [InlineData(NumberFormat.F32)]
    [InlineData(NumberFormat.F16)]
    [InlineData(NumberFormat.BF16)]
    public void A_matrix_stored_transposed_is_turned(NumberFormat format)
    {
        var stored = RandomWeights.Create(format, 33, 48, 7); // [in, out]
        using var matrix = PackedMatrix.PackTransposed(stored, Profile.Exact);
        Assert.Equal((48, 33), (matrix.Outputs, matrix.Inputs));
        var (rows, turned) = (Rows(stored), Rows(matrix));
        for (var n = 0; n < 48; n++)
            for (var k = 0; k < 33; k++)
                Assert.Equal(rows[k][n], turned[n][k]);
    }

    [Fact]
    public void What_cannot_be_packed_is_named()
    {
        var (a, b) = (RandomWeights.Create(NumberFormat.Q4_0, 4, 32, 8), RandomWeights.Create(NumberFormat.Q8_0, 4, 32, 9));
        Assert.False(PackedMatrix.CanStack([a, b]));
        Assert.Contains("Q8_0", Assert.Throws<NotSupportedException>(() => PackedMatrix.Pack([a, b], Profile.Fast)).Message);
        Assert.Contains("Q4_0", Assert.Throws<NotSupportedException>(() => PackedMatrix.PackTransposed(a, Profile.Fast)).Message);
    }

    [Fact]
    public void An_infinite_scale_is_refused()
    {
        byte[] block = [0, 0x7C, .. new byte[32]]; // Q8_0 with d = ∞
        var tensor = new StoredTensor(new TensorData(FileBytes.InMemory("f", block), "w", 0, NumberFormat.Q8_0, 32, 1), [1, 32]);
        var error = Assert.ThrowsAny<Exception>(() => PackedMatrix.Pack(tensor, Profile.Fast));
        Assert.IsType<InvalidDataException>(error.GetBaseException());
    }

    private static float[][] Rows(StoredTensor tensor) =>
        [.. Enumerable.Range(0, tensor.RowCount).Select(row => { var values = new float[tensor.RowLength]; tensor.ReadRow(row, values); return values; })];

    private static float[][] Rows(PackedMatrix matrix) =>
        [.. Enumerable.Range(0, matrix.Outputs).Select(row => { var values = new float[matrix.Inputs]; matrix.ReadRow(row, values); return values; })];
}
