using System.Text.Json;
using Hone.Tokenization.Models;
using Hone.Tokenization.Models.Bpe;

namespace Hone.Tokenization.Json;

/// <summary>Reads a BPE model; merges are pairs of strings or, in older files, strings with a space between the two.</summary>
internal static class BpeReader
{
    public static BpeModel Read(JsonPart part)
    {
        if (!part["dropout"].IsNull && part["dropout"].Double() != 0)
            throw part["dropout"].Error("dropout draws tokens at random, which is for training; it is not supported");
        var vocabulary = ModelReader.ReadVocabulary(part["vocab"]);
        var options = new BpeOptions(
            part["unk_token"].StringOrNull(),
            NullIfEmpty(part["continuing_subword_prefix"].StringOrNull()),
            NullIfEmpty(part["end_of_word_suffix"].StringOrNull()),
            part["fuse_unk"].Bool(false),
            part["byte_fallback"].Bool(false),
            part["ignore_merges"].Bool(false));
        return new(vocabulary, Merges(part["merges"], vocabulary, options.ContinuingSubwordPrefix?.Length ?? 0), options);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static List<(int, int, int, int)> Merges(JsonPart part, Vocabulary vocabulary, int prefix)
    {
        var merges = new List<(int, int, int, int)>(part.IsNull ? 0 : part.Element.ValueKind == JsonValueKind.Array ? part.Element.GetArrayLength() : 0);
        foreach (var item in part.Items())
        {
            var (left, right) = Pair(item);
            if (right.Length < prefix)
                throw item.Error($"{Quote.Of(right)} is shorter than the continuing_subword_prefix");
            merges.Add((Id(left, vocabulary, item), Id(right, vocabulary, item), merges.Count, Id(left + right[prefix..], vocabulary, item)));
        }
        return merges;
    }

    private static (string Left, string Right) Pair(JsonPart item)
    {
        if (item.Element.ValueKind == JsonValueKind.Array)
        {
            var parts = item.Items().ToArray();
            return parts.Length == 2 ? (parts[0].String(), parts[1].String()) : throw item.Error($"two tokens were expected, not {parts.Length}");
        }
        var both = item.String();
        var space = both.IndexOf(' ', StringComparison.Ordinal);
        return space >= 0 && both.IndexOf(' ', space + 1) < 0
            ? (both[..space], both[(space + 1)..]) : throw item.Error($"two tokens with a space between them were expected, not {Quote.Of(both)}");
    }

    private static int Id(string token, Vocabulary vocabulary, JsonPart item) =>
        vocabulary.IdOf(token) ?? throw item.Error($"{Quote.Of(token)} is not in the vocabulary");
}
