using System.IO.Compression;
using System.Text.Json;

namespace Hone.Tokenization.Json;

/// <summary>Reads a tokenizer.json, plain or gzipped.</summary>
internal static class TokenizerJson
{
    // Gemma 3's, with 262,145 tokens, has 33 MB.
    private const long MaxBytes = 256 << 20;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    public static TokenizerParts Read(Stream stream)
    {
        try
        {
            using var document = JsonDocument.Parse(Bytes(stream), Options);
            return Read(new JsonPart(document.RootElement, ""));
        }
        catch (JsonException e)
        {
            throw new TokenizerFormatException("tokenizer.json", $"not valid JSON: {e.Message}", e);
        }
        catch (InvalidDataException e)
        {
            throw new TokenizerFormatException("tokenizer.json", $"not valid gzip: {e.Message}", e);
        }
    }

    private static TokenizerParts Read(JsonPart root) => new(ModelReader.Read(root["model"]), DecoderReader.Read(root["decoder"]))
    {
        Normalizer = NormalizerReader.Read(root["normalizer"]),
        PreTokenizer = PreTokenizerReader.Read(root["pre_tokenizer"]),
        PostProcessor = PostProcessorReader.Read(root["post_processor"]),
        AddedTokens = [.. root["added_tokens"].Items().Select(ReadAddedToken)],
        Truncation = ReadTruncation(root["truncation"]),
        Padding = ReadPadding(root["padding"]),
    };

    private static AddedToken ReadAddedToken(JsonPart part) => new(
        part["id"].Int(),
        part["content"].String(),
        part["special"].Bool(false),
        part["normalized"].Bool(!part["special"].Bool(false)),
        part["lstrip"].Bool(false),
        part["rstrip"].Bool(false),
        part["single_word"].Bool(false));

    private static TruncationPolicy? ReadTruncation(JsonPart part) => part.IsNull ? null : new(
        part["max_length"].Int(),
        part["stride"].IntOrNull() ?? 0,
        part["strategy"].Choice(
            ("LongestFirst", TruncationStrategy.LongestFirst), ("OnlyFirst", TruncationStrategy.OnlyFirst), ("OnlySecond", TruncationStrategy.OnlySecond)),
        FromLeft(part));

    private static PaddingPolicy? ReadPadding(JsonPart part)
    {
        if (part.IsNull)
            return null;
        var strategy = part["strategy"];
        // Filling up to a length costs that much for each text.
        int? length = strategy.Element.ValueKind == JsonValueKind.String ? strategy.Choice(("BatchLongest", (int?)null)) : strategy["Fixed"].Int(0, 1 << 20);
        return new(length, part["pad_to_multiple_of"].IntOrNull(1, 1 << 20), FromLeft(part), part["pad_id"].Int(), part["pad_type_id"].Int(), part["pad_token"].String());
    }

    private static bool FromLeft(JsonPart part) => !part["direction"].IsNull && part["direction"].Choice(("Left", true), ("Right", false));

    private static ReadOnlyMemory<byte> Bytes(Stream stream)
    {
        var head = new byte[2];
        var count = stream.ReadAtLeast(head, 2, throwOnEndOfStream: false);
        if (count == 2 && head is [0x1F, 0x8B])
        {
            using var gzip = new GZipStream(new PrefixedStream(head, stream), CompressionMode.Decompress);
            return Limited(gzip, []);
        }
        return Limited(stream, head.AsSpan(0, count));
    }

    private static ReadOnlyMemory<byte> Limited(Stream stream, ReadOnlySpan<byte> head)
    {
        using var buffer = new MemoryStream();
        buffer.Write(head);
        var chunk = new byte[1 << 16];
        while (stream.Read(chunk) is > 0 and var count)
        {
            if (buffer.Length + count > MaxBytes)
                throw new TokenizerFormatException("tokenizer.json", $"larger than the limit of {MaxBytes >> 20} MiB");
            buffer.Write(chunk.AsSpan(0, count));
        }
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
