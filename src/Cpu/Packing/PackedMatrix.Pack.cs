using Hone.Models.Weights;

namespace Hone.Cpu.Packing;

/// <summary>How several tensors with the same inputs become one matrix.</summary>
public enum Stacking
{
    /// <summary>Rows of the first, then rows of the second, …: q, k, v.</summary>
    Rows,

    /// <summary>16 rows of the first, 16 rows of the second, …, then the next 16 of each, the last ones padded with zero rows: gate and up, whose outputs meet.</summary>
    Groups,
}

public sealed unsafe partial class PackedMatrix
{
    /// <summary>True if the tensors have one packed layout and can be stacked into one matrix.</summary>
    public static bool CanStack(IReadOnlyList<StoredTensor> tensors) =>
        tensors.All(tensor => tensor.RowLength == tensors[0].RowLength && tensor.Format == tensors[0].Format) && PackedLayouts.IsKnown(tensors[0].Format);

    /// <summary>Packs one tensor.</summary>
    public static PackedMatrix Pack(StoredTensor tensor, Profile profile) => Pack([tensor], profile);

    /// <summary>Packs tensors of equal row length and format as one matrix. Runs on all cores.</summary>
    /// <exception cref="NotSupportedException">A format has no packed layout, or the tensors can't be stacked.</exception>
    /// <exception cref="InvalidDataException">A scale is not a finite number.</exception>
    public static PackedMatrix Pack(IReadOnlyList<StoredTensor> tensors, Profile profile, Stacking stacking = Stacking.Rows) =>
        Pack(tensors, profile, stacking, IsaChoice.Current);

    internal static PackedMatrix Pack(IReadOnlyList<StoredTensor> tensors, Profile profile, Stacking stacking, Isa isa)
    {
        if (!CanStack(tensors))
            throw new NotSupportedException("No packed layout for " + string.Join(", ", tensors.Select(t => $"'{t.Name}' ({t.Format}, rows of {t.RowLength})")) + ".");
        var rows = stacking == Stacking.Rows ? InRows(tensors) : InGroups(tensors);
        var matrix = new PackedMatrix(PackedLayouts.For(tensors[0].Format), rows.Length, tensors[0].RowLength, profile, isa);
        Parallel.For(0, matrix.Groups, group =>
        {
            var target = matrix._memory.Pointer + group * matrix._groupBytes;
            for (var lane = 0; lane < GroupRows && group * GroupRows + lane < rows.Length; lane++)
                if (rows[group * GroupRows + lane] is ({ } tensor, var row))
                    matrix._layout.PackRow(tensor.Row(row), target, lane);
        });
        return matrix;
    }

    /// <summary>
    /// Packs a matrix stored [Inputs, Outputs], of f32, f16 or bf16 (GPT-2's Conv1D).
    /// </summary>
    /// <exception cref="NotSupportedException">The format cannot be transposed.</exception>
    public static PackedMatrix PackTransposed(StoredTensor tensor, Profile profile) => PackTransposed(tensor, profile, IsaChoice.Current);

    internal static PackedMatrix PackTransposed(StoredTensor tensor, Profile profile, Isa isa)
    {
        if (!PackedLayouts.IsKnown(tensor.Format) || PackedLayouts.For(tensor.Format) is not FloatLayout layout)
            throw new NotSupportedException($"'{tensor.Name}' ({tensor.Format}) can't be transposed.");
        var matrix = new PackedMatrix(layout, tensor.RowLength, tensor.RowCount, profile, isa);
        var values = new float[tensor.RowLength];
        for (var k = 0; k < tensor.RowCount; k++)
        {
            tensor.ReadRow(k, values);
            for (var n = 0; n < values.Length; n++)
                layout.Store(matrix._memory.Pointer + n / GroupRows * matrix._groupBytes, k, n % GroupRows, values[n]);
        }
        return matrix;
    }

    private static (StoredTensor? Tensor, int Row)[] InRows(IReadOnlyList<StoredTensor> tensors) =>
        [.. tensors.SelectMany(tensor => Enumerable.Range(0, tensor.RowCount).Select(row => ((StoredTensor?)tensor, row)))];

    private static (StoredTensor? Tensor, int Row)[] InGroups(IReadOnlyList<StoredTensor> tensors)
    {
        if (tensors.Any(tensor => tensor.RowCount != tensors[0].RowCount))
            throw new NotSupportedException($"'{tensors[0].Name}' can't be stacked by groups with a tensor of another number of rows.");
        var rows = new List<(StoredTensor?, int)>();
        for (var first = 0; first < tensors[0].RowCount; first += GroupRows)
            foreach (var tensor in tensors)
                for (var row = first; row < first + GroupRows; row++)
                    rows.Add(row < tensor.RowCount ? (tensor, row) : (null, 0));
        return [.. rows];
    }
}
