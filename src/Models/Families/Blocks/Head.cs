using Hone.Models.Config;
using Hone.Models.Graph;

namespace Hone.Models.Families.Blocks;

/// <summary>The output matrix over the vocabulary and what a family does to its logits.</summary>
internal sealed record Head(string Embedding = "model.embed_tokens", string Name = "lm_head")
{
    /// <summary>Factor on the logits.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>c·tanh(x / c); 0 = none.</summary>
    public double Softcap { get; init; }

    /// <summary>Names <c>hidden</c> and <c>logits</c>. A model that doesn't say whether its head is tied is tied if the file holds no head.</summary>
    public void Build(ModelGraph g, ModelConfig c, IWeightCatalog files, Value hidden)
    {
        var tied = c.Flag("tie_word_embeddings", files.ShapeOf($"{Name}.weight") is null);
        g.Outputs["hidden"] = hidden;
        var logits = g.Root.Linear(hidden, tied ? Embedding : Name, c.VocabSize, role: Role.Head) * Scale;
        g.Outputs["logits"] = Softcap == 0 ? logits : (logits * (1 / Softcap)).Tanh() * Softcap;
        if (tied)
            g.Ignored.Add($"{Name}.weight"); // some files hold a copy
    }
}
