using Hone.Models.Config;
using Hone.Models.Weights;
using Hone.Models.Weights.Naming;
using Xunit;

namespace Hone.Unit.Models.Naming;

public sealed class RowOrderTests
{
    [Fact]
    public void HalvesOfAHeadAreTakenApart()
    {
        // one head of 4: the file's rows are source rows 0, 2, 1, 3
        var stored = StoredTensor.FromValues("blk.0.attn_q.weight", [4, 1], new float[] { 0, 2, 1, 3 });
        var config = Config("""{"model_type": "llama", "num_attention_heads": 1}""");
        Assert.Equal([0, 1, 2, 3], GgufRowOrders.Undo(stored, "model.layers.0.self_attn.q_proj.weight", config).ReadAll());
        Assert.Equal([0, 2, 1, 3], GgufRowOrders.Undo(stored, "model.layers.0.self_attn.v_proj.weight", config).ReadAll());
    }

    [Fact]
    public void BiasesFollowTheirMatrix()
    {
        var stored = StoredTensor.FromValues("blk.0.attn_k.bias", [8], new float[] { 0, 2, 1, 3, 4, 6, 5, 7 });
        var config = Config("""{"model_type": "llama", "num_attention_heads": 4, "num_key_value_heads": 2}""");
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], GgufRowOrders.Undo(stored, "model.layers.0.self_attn.k_proj.bias", config).ReadAll());
    }

    [Fact]
    public void TiledValueHeadsOfTwoKeyHeads()
    {
        var config = Config("""
            {"model_type": "qwen3_5_text", "linear_value_heads_tiled": true, "linear_num_key_heads": 2, "linear_num_value_heads": 4,
             "linear_key_head_dim": 3, "linear_value_head_dim": 1}
            """);
        Assert.Equal([0, 2, 1, 3], TiledValueHeads.OrderOf("model.layers.0.linear_attn.in_proj_z.weight", config).Rows!);
        Assert.Equal([0, 2, 1, 3], TiledValueHeads.OrderOf("model.layers.0.linear_attn.out_proj.weight", config).Columns!);
        Assert.Equal([.. Enumerable.Range(0, 12), 12, 14, 13, 15], TiledValueHeads.OrderOf("model.layers.0.linear_attn.in_proj_qkv.weight", config).Rows!);
        Assert.Equal((null, null), TiledValueHeads.OrderOf("model.layers.0.mlp.up_proj.weight", config));
    }

    private static ModelConfig Config(string json) => new("test", ConfigFile.Parse("test", json));
}
