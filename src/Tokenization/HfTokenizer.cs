using Hone.Tokenization.AddedTokens;
using Hone.Tokenization.Gguf;
using Hone.Tokenization.Json;
using Hone.Tokenization.Streaming;

namespace Hone.Tokenization;

/// <summary>
/// A tokenizer as Hugging Face's library runs it: added tokens → normalizer → pre-tokenizer → model → post-processor, and a decoder
/// back. Read from a tokenizer.json or from the vocabulary of a GGUF file. One instance serves all threads.
/// </summary>
public sealed partial class HfTokenizer : Microsoft.ML.Tokenizers.Tokenizer
{
    private readonly TokenizerParts _parts;
    private readonly AddedVocabulary _added;
    private readonly ByteLevelEncoder? _byteLevel;
    private readonly TokenBytes _bytes;
    private readonly bool _bytesSuffice;

    internal HfTokenizer(TokenizerParts parts, bool fast = true)
    {
        _parts = parts;
        var vocabulary = parts.Model.Vocabulary;
        _added = new(parts.AddedTokens, vocabulary, parts.Normalizer, "added_tokens");
        VocabularySize = Math.Max(vocabulary.Size, _added.Tokens.Count == 0 ? 0 : _added.Tokens[^1].Id + 1);
        _byteLevel = fast ? ByteLevelEncoder.Create(parts, _added) : null;
        _bytes = new(vocabulary, _added, VocabularySize, parts.Decoder);
        _bytesSuffice = TokenBytes.Suffice(parts.Decoder, out var strips);
        StripsLeadingSpace = strips;
        (_prefix, _suffix) = AroundText(parts.PostProcessor);
    }

    /// <summary>Reads a tokenizer.json, plain or gzipped.</summary>
    /// <exception cref="TokenizerFormatException">What is wrong, and where in the file.</exception>
    public static HfTokenizer FromJson(Stream tokenizerJson) => new(TokenizerJson.Read(tokenizerJson));

    /// <summary>Reads a tokenizer.json file, plain or gzipped.</summary>
    /// <exception cref="TokenizerFormatException">What is wrong, and where in the file.</exception>
    public static HfTokenizer FromFile(string path)
    {
        using var stream = File.OpenRead(path);
        return FromJson(stream);
    }

    /// <summary>Makes the tokenizer that the vocabulary of a GGUF file describes.</summary>
    /// <exception cref="TokenizerFormatException">The vocabulary is inconsistent, or of a kind that is not known.</exception>
    public static HfTokenizer FromGguf(GgufVocabulary vocabulary) => new(GgufTokenizer.Read(vocabulary));

    /// <summary>One more than the highest id.</summary>
    public int VocabularySize { get; }

    /// <summary>The added tokens, by id.</summary>
    public IReadOnlyList<AddedToken> AddedTokens => _added.Tokens;

    /// <summary>True if decoding drops one space at the very start of the text: the one that encoding put there.</summary>
    public bool StripsLeadingSpace { get; }

    /// <summary>The text of a token in the tokenizer's own spelling; null for an id without one.</summary>
    public string? TokenOf(int id) => _added.ById(id)?.Content ?? _parts.Model.Vocabulary.TokenOf(id);

    /// <summary>The id of a token in the tokenizer's own spelling, or null.</summary>
    public int? IdOf(string token) => _added.ByContent(token)?.Id ?? _parts.Model.Vocabulary.IdOf(token);

    /// <summary>
    /// What a token contributes to the text, as bytes: not always whole characters. A word of a WordPiece vocabulary has the space
    /// before it. Added tokens give their text; an id without a token gives nothing.
    /// </summary>
    public ReadOnlySpan<byte> BytesOf(int id) => _bytes[id];

    /// <summary>True for control tokens, which are not text.</summary>
    public bool IsSpecial(int id) => _added.ById(id) is { Special: true };

    /// <summary>The text of some tokens. Ids without a token are passed over.</summary>
    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens)
    {
        var tokens = new List<string>();
        foreach (var id in ids)
        {
            if (TokenOf(id) is { } token && !(skipSpecialTokens && IsSpecial(id)))
                tokens.Add(token);
        }
        return string.Concat(_parts.Decoder.Decode(tokens));
    }

    /// <summary>A decoder for a stream of tokens.</summary>
    public IncrementalDecoder NewDecoder(bool skipSpecialTokens) =>
        _bytesSuffice ? new ByteStreamDecoder(this, skipSpecialTokens, StripsLeadingSpace) : new WindowDecoder(this, skipSpecialTokens);
}
