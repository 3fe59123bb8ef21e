using Hone.Models.Config;
using Hone.Models.Families.Blocks;
using Hone.Models.Graph;

namespace Hone.Models.Families;

/// <summary>gpt-oss: biases everywhere, a learned sink per head, window by layer type, clamped experts. Source: transformers' modeling_gpt_oss.</summary>
internal static class GptOss
{
    public static void Build(ModelGraph g, ModelConfig c, IWeightCatalog files)
    {
        var windows = c.Windows(i => i % 2 == 0 ? "sliding_attention" : "full_attention");
        var attention = AttentionBlock.From(c) with { Bias = true, OutBias = true, Sinks = true, Rope = Ropes.From(c) };
        var (count, hidden) = (c.Count("num_experts"), c.IntermediateSize);
        new DecoderStack(
            (layer, x, i) => (attention with { Window = windows[i] }).Build(layer.In("self_attn"), x),
            (layer, x, _) =>
            {
                var mlp = layer.In("mlp");
                ExpertWeights stored = IsSplit(mlp, files) ? Split(mlp, count, hidden, x.Width) : Interleaved(mlp, count, hidden, x.Width);
                return new MoeBlock(count, c.Count("num_experts_per_tok"), hidden, stored)
                {
                    Router = "router",
                    RouterBias = true,
                    Gate = ExpertGate.Clamped,
                    Limit = c.Number("swiglu_limit", 7),
                    Alpha = c.Number("swiglu_alpha", 1.702),
                }.Build(mlp, x);
            }).Build(g, c, files);
    }

    /// <summary>Hugging Face's files hold gate and up interleaved, [in, out]; GGUF files hold them apart, [out, in].</summary>
    private static bool IsSplit(Scope mlp, IWeightCatalog files) =>
        files.ShapeOf(mlp.Name("experts.gate_up_proj")) is null && files.ShapeOf(mlp.Name("experts.0.gate_proj.weight")) is not null;

    private static SplitExperts Split(Scope mlp, int count, int hidden, int width)
    {
        Weight[] Biases(string part, int rows) =>
            [.. Enumerable.Range(0, count).Select(e => new Weight(mlp.Name($"experts.{e}.{part}.bias"), [rows], Form.Plain))];
        return MoeBlock.Split(mlp, count, hidden, width) with
        {
            GateBias = Biases("gate_proj", hidden),
            UpBias = Biases("up_proj", hidden),
            DownBias = Biases("down_proj", width),
        };
    }

    private static InterleavedExperts Interleaved(Scope mlp, int count, int hidden, int width)
    {
        Weight Named(string name, params int[] shape) => new(mlp.Name($"experts.{name}"), shape, Form.Plain);
        return new InterleavedExperts(
            Named("gate_up_proj", count, width, 2 * hidden), Named("gate_up_proj_bias", count, 2 * hidden),
            Named("down_proj", count, hidden, width), Named("down_proj_bias", count, width));
    }
}
