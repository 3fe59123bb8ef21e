using Hone.Tokenization.Decoders;
using Hone.Tokenization.PreTokenizers;

namespace Hone.Tokenization.Json;

/// <summary>Reads the <c>decoder</c> of a tokenizer.json.</summary>
internal static class DecoderReader
{
    public static IDecoder Read(JsonPart part) => part.IsNull ? new SpacedDecoder() : part.Type switch
    {
        "Sequence" => new SequenceDecoder([.. part["decoders"].Items().Select(p => p.IsNull ? throw p.Error("a decoder was expected") : Read(p))]),
        "ByteLevel" => new ByteLevelDecoder(),
        "ByteFallback" => new ByteFallbackDecoder(),
        "Fuse" => new FuseDecoder(),
        "Strip" => new StripDecoder(part["content"].Rune(), part["start"].Int(), part["stop"].Int()),
        "Replace" => new ReplaceDecoder(PatternReader.Read(part["pattern"]), part["content"].String()),
        "Metaspace" => new MetaspaceDecoder(
            part["replacement"].IsNull ? '\u2581' : part["replacement"].Char(), PreTokenizerReader.Scheme(part) != PrependScheme.Never),
        "WordPiece" => new WordPieceDecoder(part["prefix"].StringOrNull() ?? "##", part["cleanup"].Bool(true)),
        "BPEDecoder" => new BpeDecoder(part["suffix"].StringOrNull() ?? "</w>"),
        "CTC" => new CtcDecoder(part["pad_token"].StringOrNull() ?? "<pad>", part["word_delimiter_token"].StringOrNull() ?? "|", part["cleanup"].Bool(true)),
        var type => throw part.Error($"the decoder {Quote.Of(type)} is not known"),
    };
}
