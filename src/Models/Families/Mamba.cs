using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>Mamba-2 (arXiv 2405.21060) and Nemotron-H, whose layers hold one mixer each: Mamba-2, attention without rotation, or an MLP.</summary>
internal static class Mamba
{
    public static void BuildMamba2(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var mamba = new Mamba2Block(
            c.Count("num_heads"), c.Count("head_dim"), c.Count("n_groups", 1), c.Count("state_size"), c.Count("conv_kernel", 4, min: 2), Eps(c))
        {
            ConvBias = c.Flag("use_conv_bias", true),
            Bias = c.Flag("use_bias", false),
            TimeStepLimit = Mamba2Block.LimitsOf(c),
        };
        Build(g, c, files, (mixer, x, _) => mamba.Build(mixer, x));
    }

    public static void BuildNemotronH(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var kinds = c.LayerTypes(_ => "linear_attention", "layers_block_type");
        var mamba = new Mamba2Block(
            c.Count("mamba_num_heads"), c.Count("mamba_head_dim"), c.Count("n_groups", 1), c.Count("ssm_state_size"), c.Count("conv_kernel", 4, min: 2), Eps(c))
        {
            ConvBias = c.Flag("use_conv_bias", true),
            Bias = c.Flag("mamba_proj_bias", false),
            TimeStepLimit = Mamba2Block.LimitsOf(c),
        };
        var bias = c.Flag("attention_bias", false);
        var attention = AttentionBlock.From(c) with { Bias = bias, OutBias = bias };
        var mlp = new Mlp(c.IntermediateSize, Activations.From(c, "mlp_hidden_act", "relu2"), "up_proj", "down_proj") { Bias = c.Flag("mlp_bias", false) };
        Build(g, c, files, (mixer, x, i) => kinds[i] switch
        {
            "linear_attention" => mamba.Build(mixer, x),
            "full_attention" => attention.Build(mixer, x),
            "mlp" => mlp.Build(mixer, x),
            _ => throw c.Error("layers_block_type", $"names '{kinds[i]}', which is not built"),
        });
        g.Ignored.Add("mtp.*");
    }

    private static double Eps(ModelConfig c) => c.Number("layer_norm_epsilon", 1e-5);

    private static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files, Branch mixer)
    {
        var root = g.Root.In("backbone");
        var x = root.Embedding("embeddings", c.VocabSize, c.HiddenSize);
        foreach (var (layer, i) in root.Layers("layers", c.NumHiddenLayers))
            x += mixer(layer.In("mixer"), layer.RmsNorm(x, "norm", Eps(c)), i);
        new Head("backbone.embeddings").Build(g, c, files, root.RmsNorm(g.Root.OutputRows(x), "norm_f", Eps(c)));
    }
}
