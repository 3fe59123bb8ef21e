using Hone.Models.Weights.Gguf;
using Hone.Tokenization;

namespace Hone.Golden.Tokenizers;

/// <summary>Takes the tokenizer's keys out of a GGUF file's metadata.</summary>
internal static class GgufVocabularies
{
    public static GgufVocabulary Read(GgufMetadata metadata)
    {
        return new()
        {
            Model = metadata["tokenizer.ggml.model"].AsString(),
            Pre = Get("pre", v => v.AsString()),
            Tokens = metadata["tokenizer.ggml.tokens"].AsStrings(),
            TokenTypes = [.. Get("token_type", v => v.AsIntegers())?.Select(t => (int)t) ?? []],
            Scores = Get("scores", v => v.AsNumbers())?.Select(s => (float)s).ToArray(),
            Merges = Get("merges", v => v.AsStrings()),
            PrecompiledCharsmap = Get("precompiled_charsmap", v => v.AsIntegers())?.Select(b => (byte)b).ToArray(),
            BosId = Id("bos_token_id"),
            EosId = Id("eos_token_id"),
            UnknownId = Id("unknown_token_id"),
            SeparatorId = Id("seperator_token_id"),
            PaddingId = Id("padding_token_id"),
            ClsId = Id("cls_token_id"),
            MaskId = Id("mask_token_id"),
            AddBos = Flag("add_bos_token"),
            AddEos = Flag("add_eos_token"),
            AddSeparator = Flag("add_sep_token"),
            AddSpacePrefix = Flag("add_space_prefix"),
            RemoveExtraWhitespaces = Flag("remove_extra_whitespaces"),
            Lowercase = Flag("normalizer.lowercase"),
        };

        T? Get<T>(string key, Func<GgufValue, T> read) where T : class => metadata.TryGet("tokenizer.ggml." + key, out var value) ? read(value) : null;

        int? Id(string key) => metadata.TryGet("tokenizer.ggml." + key, out var value) ? checked((int)value.AsInteger()) : null;

        bool? Flag(string key) => metadata.TryGet("tokenizer.ggml." + key, out var value) ? value.AsBool() : null;
    }
}
