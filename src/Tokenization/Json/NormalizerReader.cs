using Hone.Tokenization.Normalizers;

namespace Hone.Tokenization.Json;

/// <summary>Reads the <c>normalizer</c> of a tokenizer.json.</summary>
internal static class NormalizerReader
{
    public static INormalizer? Read(JsonPart part) => part.IsNull ? null : part.Type switch
    {
        "Sequence" => new SequenceNormalizer([.. part["normalizers"].Items().Select(p => Read(p) ?? throw p.Error("a normalizer was expected"))]),
        "NFC" => UnicodeNormalizer.Nfc,
        "NFD" => UnicodeNormalizer.Nfd,
        "NFKC" => UnicodeNormalizer.Nfkc,
        "NFKD" => UnicodeNormalizer.Nfkd,
        "Lowercase" => LowercaseNormalizer.Instance,
        "Strip" => new StripNormalizer(part["strip_left"].Bool(true), part["strip_right"].Bool(true)),
        "StripAccents" => new StripAccentsNormalizer(),
        "Replace" => new ReplaceNormalizer(PatternReader.Read(part["pattern"]), part["content"].String()),
        "Prepend" => new PrependNormalizer(part["prepend"].String()),
        "Nmt" => new NmtNormalizer(),
        "ByteLevel" => ByteLevelNormalizer.Instance,
        "BertNormalizer" => Bert(part),
        "Precompiled" => PrecompiledNormalizer.FromBase64(part["precompiled_charsmap"].StringOrNull(), part["precompiled_charsmap"].Path),
        var type => throw part.Error($"the normalizer {Quote.Of(type)} is not known"),
    };

    private static BertNormalizer Bert(JsonPart part)
    {
        var lowercase = part["lowercase"].Bool(true);
        return new(part["clean_text"].Bool(true), part["handle_chinese_chars"].Bool(true), part["strip_accents"].BoolOrNull() ?? lowercase, lowercase);
    }
}
