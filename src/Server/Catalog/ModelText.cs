using System.Text.Json;
using System.Text.Json.Nodes;
using Hone.Models;
using Hone.Models.Weights.Gguf;
using Hone.Tokenization;
using Hone.Tokenization.ChatTemplates;

namespace Hone.Server.Catalog;

/// <summary>The text side of an opened model: tokenizer, chat template, the tokens that end a response.</summary>
internal static class ModelText
{
    public static ServedModel Load(ModelSource source, string id)
    {
        var tokenizer = LoadTokenizer(source);
        var settings = source.Folder is { } folder ? ReadJson(Path.Combine(folder, "tokenizer_config.json")) : null;
        var generation = source.Config.Generation;
        var bos = SpecialToken(settings, "bos_token") ?? Token(tokenizer, generation.BosTokenId);
        var eos = SpecialToken(settings, "eos_token") ?? Token(tokenizer, generation.EosTokenIds is [var first, ..] ? first : null);
        var ends = generation.EosTokenIds.Where(t => t >= 0 && t < tokenizer.VocabularySize).ToList();
        if (eos is not null && tokenizer.IdOf(eos) is int own && !ends.Contains(own))
            ends.Add(own);
        return new ServedModel(id, tokenizer, LoadTemplate(source, settings), ends, source.Config.ContextLength, generation)
        {
            BosToken = bos,
            EosToken = eos,
            BosId = bos is null ? null : tokenizer.IdOf(bos),
            Infill = Infill(tokenizer),
        };
    }

    /// <exception cref="FileNotFoundException">The folder has no tokenizer.json.</exception>
    public static HfTokenizer LoadTokenizer(ModelSource source)
    {
        if (source.Gguf is { } file)
            return HfTokenizer.FromGguf(Vocabulary(file.Metadata));
        foreach (var name in (string[])["tokenizer.json", "tokenizer.json.gz"])
        {
            if (Path.Combine(source.Folder!, name) is var path && File.Exists(path))
                return HfTokenizer.FromFile(path);
        }
        throw new FileNotFoundException($"{source.Folder} has no tokenizer.json, so the model can't be served as text.");
    }

    private static GgufVocabulary Vocabulary(GgufMetadata metadata) => new()
    {
        Model = metadata["tokenizer.ggml.model"].AsString(),
        Pre = Text(metadata, "pre"),
        Tokens = metadata["tokenizer.ggml.tokens"].AsStrings(),
        TokenTypes = metadata.TryGet("tokenizer.ggml.token_type", out var types) ? [.. types.AsIntegers().Select(t => checked((int)t))] : [],
        Scores = metadata.TryGet("tokenizer.ggml.scores", out var scores) ? [.. scores.AsNumbers().Select(s => (float)s)] : null,
        Merges = metadata.TryGet("tokenizer.ggml.merges", out var merges) ? merges.AsStrings() : null,
        PrecompiledCharsmap = metadata.TryGet("tokenizer.ggml.precompiled_charsmap", out var map) ? [.. map.AsIntegers().Select(b => (byte)b)] : null,
        BosId = Id(metadata, "bos_token_id"),
        EosId = Id(metadata, "eos_token_id"),
        UnknownId = Id(metadata, "unknown_token_id"),
        SeparatorId = Id(metadata, "seperator_token_id"),
        PaddingId = Id(metadata, "padding_token_id"),
        ClsId = Id(metadata, "cls_token_id"),
        MaskId = Id(metadata, "mask_token_id"),
        AddBos = Flag(metadata, "add_bos_token"),
        AddEos = Flag(metadata, "add_eos_token"),
        AddSeparator = Flag(metadata, "add_sep_token"),
        AddSpacePrefix = Flag(metadata, "add_space_prefix"),
        RemoveExtraWhitespaces = Flag(metadata, "remove_extra_whitespaces"),
        Lowercase = Flag(metadata, "normalizer.lowercase"),
    };

    private static string? Text(GgufMetadata metadata, string key) => metadata.TryGet($"tokenizer.ggml.{key}", out var value) ? value.AsString() : null;

    private static int? Id(GgufMetadata metadata, string key) => metadata.TryGet($"tokenizer.ggml.{key}", out var value) ? checked((int)value.AsInteger()) : null;

    private static bool? Flag(GgufMetadata metadata, string key) => metadata.TryGet($"tokenizer.ggml.{key}", out var value) ? value.AsBool() : null;

    private static ChatTemplate? LoadTemplate(ModelSource source, JsonObject? settings)
    {
        if (source.Gguf is { } file)
            return file.Metadata.TryGet("tokenizer.chat_template", out var template) ? ChatTemplate.Parse(template.AsString()) : null;
        if (Path.Combine(source.Folder!, "chat_template.jinja") is var path && File.Exists(path))
            return ChatTemplate.Parse(File.ReadAllText(path));
        return settings?["chat_template"] switch
        {
            JsonValue one => ChatTemplate.Parse(one.GetValue<string>()),
            JsonArray named => named.OfType<JsonObject>().FirstOrDefault(t => (string?)t["name"] == "default") is { } chosen ? ChatTemplate.Parse((string)chosen["template"]!) : null,
            _ => null,
        };
    }

    /// <summary>tokenizer_config.json names special tokens as strings or as objects with their content.</summary>
    private static string? SpecialToken(JsonObject? settings, string name) => settings?[name] switch
    {
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        JsonObject token => (string?)token["content"],
        _ => null,
    };

    private static string? Token(HfTokenizer tokenizer, int? id) => id is int known ? tokenizer.TokenOf(known) : null;

    /// <summary>The spellings of fill-in-middle tokens that are met: Qwen and StarCoder, DeepSeek, CodeLlama.</summary>
    private static InfillTokens? Infill(HfTokenizer tokenizer)
    {
        foreach (var (prefix, suffix, middle) in ((string, string, string)[])[
            ("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"), ("<fim_prefix>", "<fim_suffix>", "<fim_middle>"),
            ("<｜fim▁begin｜>", "<｜fim▁hole｜>", "<｜fim▁end｜>"), ("▁<PRE>", "▁<SUF>", "▁<MID>")])
        {
            if (tokenizer.IdOf(prefix) is int before && tokenizer.IdOf(suffix) is int after && tokenizer.IdOf(middle) is int between)
                return new InfillTokens(before, after, between);
        }
        return null;
    }

    private static JsonObject? ReadJson(string path) =>
        File.Exists(path) ? JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new InvalidDataException($"{path} is not a JSON object.") : null;
}
