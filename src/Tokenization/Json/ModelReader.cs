using Hone.Tokenization.Models;
using Hone.Tokenization.Models.Bpe;

namespace Hone.Tokenization.Json;

/// <summary>Reads the <c>model</c> of a tokenizer.json.</summary>
internal static class ModelReader
{
    public static ITokenModel Read(JsonPart part) => (part["type"].StringOrNull() ?? Guess(part)) switch
    {
        "BPE" => BpeReader.Read(part),
        "Unigram" => Unigram(part),
        "WordPiece" => new WordPieceModel(
            ReadVocabulary(part["vocab"]),
            part["unk_token"].StringOrNull() ?? "[UNK]",
            part["continuing_subword_prefix"].StringOrNull() ?? "##",
            part["max_input_chars_per_word"].IntOrNull() ?? 100),
        "WordLevel" => new WordLevelModel(ReadVocabulary(part["vocab"]), part["unk_token"].StringOrNull() ?? "<unk>"),
        var type => throw part.Error($"the model {Quote.Of(type)} is not known"),
    };

    // Files of the first years do not name the type.
    private static string Guess(JsonPart part) =>
        !part["merges"].IsNull ? "BPE" : part["vocab"].Element.ValueKind == System.Text.Json.JsonValueKind.Array ? "Unigram"
        : !part["continuing_subword_prefix"].IsNull ? "WordPiece" : "WordLevel";

    public static Vocabulary ReadVocabulary(JsonPart part)
    {
        var ids = new Dictionary<string, int>();
        foreach (var (token, id) in part.Members())
            ids[token] = id.Int();
        return Vocabulary.FromMap(ids, part.Path);
    }

    private static UnigramModel Unigram(JsonPart part)
    {
        var tokens = new List<string>();
        var scores = new List<double>();
        foreach (var entry in part["vocab"].Items())
        {
            var pair = entry.Items().ToArray();
            if (pair.Length != 2)
                throw entry.Error("a token and its score were expected");
            tokens.Add(pair[0].String());
            scores.Add(pair[1].Double());
        }
        var unknown = part["unk_id"].IntOrNull();
        if (unknown >= tokens.Count)
            throw part["unk_id"].Error($"{unknown} is not an id of the vocabulary of {tokens.Count} tokens");
        return new(Vocabulary.FromList([.. tokens]), [.. scores], unknown, part["byte_fallback"].Bool(false));
    }
}
