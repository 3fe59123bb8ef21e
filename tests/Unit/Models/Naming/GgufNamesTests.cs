using Hone.Models.Weights.Naming;
using Xunit;

namespace Hone.Unit.Models.Naming;

public sealed class GgufNamesTests
{
    [Theory]
    [InlineData("model.embed_tokens.weight", "token_embd.weight")]
    [InlineData("model.layers.12.self_attn.q_proj.bias", "blk.12.attn_q.bias")]
    [InlineData("model.layers.0.post_attention_layernorm.weight", "blk.0.post_attention_norm.weight", "blk.0.ffn_norm.weight")]
    [InlineData("model.embedding_norm.weight", "output_norm.weight", "token_embd_norm.weight")]
    [InlineData("model.layers.1.mamba.A_log", "blk.1.ssm_a")]
    [InlineData("model.layers.1.mamba.dt_bias", "blk.1.ssm_dt.bias")]
    [InlineData("decoder.block.3.layer.1.layer_norm.weight", "dec.blk.3.cross_attn_norm.weight")]
    [InlineData("encoder.block.3.layer.1.layer_norm.weight", "enc.blk.3.ffn_norm.weight")]
    [InlineData("decoder.block.0.layer.0.SelfAttention.q.weight", "dec.blk.0.attn_q.weight")]
    [InlineData("blocks.0.ln0.weight", "token_embd_norm.weight")]
    [InlineData("model.layers.1.no_such_module.weight")]
    [InlineData("elsewhere.weight")]
    public void AreFoundInOneTable(string name, params string[] expected) => Assert.Equal(expected, GgufNames.Of(name));
}
