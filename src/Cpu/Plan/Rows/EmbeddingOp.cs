using Hone.Cpu.Packing;
using Hone.Models.Graph;

namespace Hone.Cpu.Plan;

/// <summary>A row of a table by token id or position.</summary>
internal sealed unsafe class EmbeddingOp(Embedding embedding, PackedMatrix table, View result) : RowOp
{
    public override void Run(Forward forward, int row, int worker)
    {
        var index = embedding.Source == EmbeddingSource.Ids ? forward.Ids[row] : forward.Positions[row];
        table.ReadRow(index + embedding.Offset, new Span<float>(result.Row(row, worker), result.Width));
    }
}
