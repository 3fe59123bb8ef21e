using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>What every encoder gives: the rows of all tokens, and one row per text by either pooling.</summary>
internal static class Encoders
{
    public static void Outputs(ModelGraph g, Value rows)
    {
        g.Outputs["last_hidden_state"] = rows;
        g.Outputs["mean_pooled_normalized"] = g.Root.Pool(rows, PoolKind.Mean, normalise: true);
        g.Outputs["cls_normalized"] = g.Root.Pool(rows, PoolKind.First, normalise: true);
    }
}
