using System.Text.RegularExpressions;

namespace Hone.Models.Weights.Naming;

/// <summary>
/// Hugging Face's tensor names → GGUF's, for all families. A name splits into block and module, and the module stands in the table below;
/// <c>.weight</c> and <c>.bias</c> carry over. Source: llama.cpp's gguf constants and tensor_mapping.
/// </summary>
internal static partial class GgufNames
{
    /// <summary>GGUF's name, then the modules of one block that it stands for. Where a module occurs twice, the first name that the file has counts.</summary>
    private const string InBlock = """
        attn_norm            input_layernorm ln_1 ln1 operator_norm attn_norm norm 0.layer_norm
        attn_q               self_attn.q_proj mixer.q_proj attention.self.query 0.SelfAttention.q
        attn_k               self_attn.k_proj mixer.k_proj attention.self.key 0.SelfAttention.k
        attn_v               self_attn.v_proj mixer.v_proj attention.self.value 0.SelfAttention.v
        attn_qkv             self_attn.qkv_proj attn.c_attn attention.query_key_value attn.Wqkv linear_attn.in_proj_qkv
        attn_output          self_attn.o_proj self_attn.out_proj attn.c_proj attention.dense attention.output.dense attn.Wo mixer.o_proj
        attn_o               0.SelfAttention.o
        attn_rel_b           0.SelfAttention.relative_attention_bias
        attn_q_norm          self_attn.q_norm self_attn.q_layernorm
        attn_k_norm          self_attn.k_norm self_attn.k_layernorm
        attn_q_a             self_attn.q_a_proj
        attn_q_b             self_attn.q_b_proj
        attn_q_a_norm        self_attn.q_a_layernorm
        attn_kv_a_mqa        self_attn.kv_a_proj_with_mqa
        attn_kv_a_norm       self_attn.kv_a_layernorm
        attn_kv_b            self_attn.kv_b_proj
        attn_gate            linear_attn.in_proj_z
        attn_output_norm     attention.output.LayerNorm
        layer_output_norm    output.LayerNorm
        post_attention_norm  post_attention_layernorm
        ffn_norm             post_attention_layernorm pre_feedforward_layernorm ln_2 mlp_norm ffn_norm
        attn_norm_2          ln2
        post_ffw_norm        post_feedforward_layernorm
        ffn_gate             mlp.gate_proj feed_forward.w1 feed_forward.gate_proj
        ffn_up               mlp.up_proj feed_forward.w3 feed_forward.up_proj mlp.c_fc mlp.dense_h_to_4h mlp.Wi mlp.gate_up_proj intermediate.dense mixer.up_proj
        ffn_down             mlp.down_proj feed_forward.w2 feed_forward.down_proj mlp.c_proj mlp.dense_4h_to_h mlp.Wo output.dense mixer.down_proj
        ffn_gate_inp         mlp.gate block_sparse_moe.gate mlp.router block_sparse_moe.router.layer
        ffn_down_exps        block_sparse_moe.output_linear
        ffn_gate_inp_shexp   mlp.shared_expert_gate
        ffn_gate_shexp       mlp.shared_expert.gate_proj mlp.shared_experts.gate_proj
        ffn_up_shexp         mlp.shared_expert.up_proj mlp.shared_experts.up_proj
        ffn_down_shexp       mlp.shared_expert.down_proj mlp.shared_experts.down_proj shared_mlp.output_linear
        ffn_down             shared_mlp.output_linear
        ssm_in               mixer.in_proj mamba.in_proj
        ssm_conv1d           mixer.conv1d mamba.conv1d linear_attn.conv1d
        ssm_norm             mixer.norm mamba.norm linear_attn.norm
        ssm_out              mixer.out_proj mamba.out_proj linear_attn.out_proj
        ssm_alpha            linear_attn.in_proj_a
        ssm_beta             linear_attn.in_proj_b
        ssm_ba               linear_attn.in_proj_ba
        shortconv.conv       conv.conv
        shortconv.in_proj    conv.in_proj
        shortconv.out_proj   conv.out_proj
        time_mix_receptance  att.receptance
        time_mix_key         att.key
        time_mix_value       att.value
        time_mix_output      att.output
        time_mix_ln          att.ln_x
        channel_mix_key      ffn.key
        channel_mix_value    ffn.value
        """;

    /// <summary>The same for whole names: tensors that Hugging Face does not call .weight or .bias, or GGUF does not.</summary>
    private const string WholeInBlock = """
        attn_sinks.weight    self_attn.sinks
        exp_probs_b.bias     mlp.gate.e_score_correction_bias
        ffn_norm             pre_ff_layernorm.weight
        ffn_norm.weight      pre_ff_layernorm.weight
        ssm_a                mixer.A_log mamba.A_log linear_attn.A_log
        ssm_d                mixer.D mamba.D
        ssm_dt.bias          mixer.dt_bias mamba.dt_bias linear_attn.dt_bias
        time_mix_w0.weight   att.w0
        time_mix_w1.weight   att.w1
        time_mix_w2.weight   att.w2
        time_mix_a0.weight   att.a0
        time_mix_a1.weight   att.a1
        time_mix_a2.weight   att.a2
        time_mix_v0.weight   att.v0
        time_mix_v1.weight   att.v1
        time_mix_v2.weight   att.v2
        time_mix_g1.weight   att.g1
        time_mix_g2.weight   att.g2
        time_mix_k_k.weight  att.k_k
        time_mix_k_a.weight  att.k_a
        time_mix_r_k.weight  att.r_k
        channel_mix_lerp_k.weight  ffn.x_k
        """;

    /// <summary>Modules outside the blocks.</summary>
    private const string OutsideBlocks = """
        token_embd           model.embed_tokens transformer.wte gpt_neox.embed_in backbone.embeddings embeddings.word_embeddings embeddings.tok_embeddings emb shared
        position_embd        transformer.wpe embeddings.position_embeddings
        token_types          embeddings.token_type_embeddings
        token_embd_norm      embeddings.LayerNorm embeddings.norm blocks.0.ln0
        output_norm          model.norm transformer.ln_f gpt_neox.final_layer_norm backbone.norm_f model.final_layernorm model.embedding_norm final_norm ln_out
        token_embd_norm      model.embedding_norm
        output               lm_head embed_out head
        enc.output_norm      encoder.final_layer_norm
        dec.output_norm      decoder.final_layer_norm
        """;

    /// <summary>What T5's blocks hold beside self-attention: sub-layer 1 of the encoder is the MLP, of the decoder the cross-attention.</summary>
    private const string InT5Block = """
        enc.ffn_norm         1.layer_norm
        enc.ffn_gate         1.DenseReluDense.wi_0
        enc.ffn_up           1.DenseReluDense.wi_1 1.DenseReluDense.wi
        enc.ffn_down         1.DenseReluDense.wo
        dec.cross_attn_norm  1.layer_norm
        dec.cross_attn_q     1.EncDecAttention.q
        dec.cross_attn_k     1.EncDecAttention.k
        dec.cross_attn_v     1.EncDecAttention.v
        dec.cross_attn_o     1.EncDecAttention.o
        dec.ffn_norm         2.layer_norm
        dec.ffn_gate         2.DenseReluDense.wi_0
        dec.ffn_up           2.DenseReluDense.wi_1 2.DenseReluDense.wi
        dec.ffn_down         2.DenseReluDense.wo
        """;

    private static readonly ILookup<string, string> Block = Parse(InBlock), WholeBlock = Parse(WholeInBlock), Outside = Parse(OutsideBlocks), T5 = Parse(InT5Block);

    /// <summary>The names under which a GGUF file may hold the tensor, best first; empty if the table has none.</summary>
    public static string[] Of(string name)
    {
        var (module, suffix) = Split(name);
        if (Outside.Contains(module))
            return [.. Outside[module].Select(gguf => gguf + suffix)];
        if (T5Block().Match(name) is { Success: true } t5)
        {
            var (side, prefix) = (t5.Groups[1].Value[..3] + ".", $"{t5.Groups[1].Value[..3]}.blk.{t5.Groups[2].Value}.");
            var (inner, end) = Split(t5.Groups[3].Value);
            var own = T5[inner].Where(gguf => gguf.StartsWith(side, StringComparison.Ordinal)).Select(gguf => gguf[side.Length..]);
            return [.. own.Concat(Block[inner]).Select(gguf => prefix + gguf + end)];
        }
        if (BlockOf(name) is not var (block, rest))
            return [];
        (module, suffix) = Split(rest);
        return [.. WholeBlock[rest].Select(gguf => block + gguf), .. Block[module].Select(gguf => block + gguf + suffix)];
    }

    /// <summary>"blk.3." and what follows the layer's own prefix in Hugging Face's name; null if the name is of no layer.</summary>
    public static (string Block, string Module)? BlockOf(string name) =>
        AnyBlock().Match(name) is { Success: true } m ? ($"blk.{m.Groups[1].Value}.", m.Groups[2].Value) : null;

    private static (string Module, string Suffix) Split(string name)
    {
        foreach (var suffix in (string[])[".weight", ".bias"])
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal))
                return (name[..^suffix.Length], suffix);
        }
        return (name, "");
    }

    private static ILookup<string, string> Parse(string table) =>
        (from line in table.Split('\n')
         let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
         from module in words[1..]
         select (Module: module, Gguf: words[0])).ToLookup(pair => pair.Module, pair => pair.Gguf);

    [GeneratedRegex(@"^(?:model\.layers|transformer\.h|gpt_neox\.layers|backbone\.layers|encoder\.layer|layers|blocks)\.([0-9]+)\.(.+)$")]
    private static partial Regex AnyBlock();

    [GeneratedRegex(@"^(encoder|decoder)\.block\.([0-9]+)\.layer\.([0-9]\..+)$")]
    private static partial Regex T5Block();
}
