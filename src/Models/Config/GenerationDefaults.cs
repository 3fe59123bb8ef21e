namespace Hone.Models.Config;

/// <summary>What generation_config.json (first) and config.json say about ending and sampling; null = the model says nothing.</summary>
public sealed class GenerationDefaults
{
    internal GenerationDefaults(ConfigObject model, ConfigObject? generation)
    {
        ConfigObject[] sources = generation is null ? [model] : [generation, model];
        int[] Ids(string name) => sources.Select(s => s.Ids(name)).FirstOrDefault(ids => ids.Length > 0) ?? [];
        double? Number(string name) => generation?.Has(name) == true ? generation.Number(name) : null;

        EosTokenIds = Ids("eos_token_id");
        BosTokenId = First(Ids("bos_token_id"));
        PadTokenId = First(Ids("pad_token_id"));
        DecoderStartTokenId = First(Ids("decoder_start_token_id"));
        ForcedBosTokenId = First(Ids("forced_bos_token_id"));
        Temperature = Number("temperature");
        TopP = Number("top_p");
        TopK = Number("top_k") is { } topK ? (int)Math.Clamp(topK, int.MinValue, int.MaxValue) : null;
        MinP = Number("min_p");
        RepetitionPenalty = Number("repetition_penalty");
    }

    /// <summary>Ids that end a sequence.</summary>
    public IReadOnlyList<int> EosTokenIds { get; }

    public int? BosTokenId { get; }

    public int? PadTokenId { get; }

    /// <summary>Encoder-decoders: the decoder's first id.</summary>
    public int? DecoderStartTokenId { get; }

    /// <summary>Encoder-decoders: the id that the decoder must give first.</summary>
    public int? ForcedBosTokenId { get; }

    public double? Temperature { get; }

    public double? TopP { get; }

    public int? TopK { get; }

    public double? MinP { get; }

    public double? RepetitionPenalty { get; }

    private static int? First(int[] ids) => ids.Length > 0 ? ids[0] : null;
}
