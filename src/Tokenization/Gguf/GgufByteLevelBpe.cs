using Hone.Tokenization.Decoders;
using Hone.Tokenization.Models;
using Hone.Tokenization.Models.Bpe;
using Hone.Tokenization.Normalizers;
using Hone.Tokenization.PostProcessors;
using Hone.Tokenization.PreTokenizers;

namespace Hone.Tokenization.Gguf;

/// <summary>Byte-level BPE: tokens and merges in byte letters, splitting expressions by name.</summary>
internal static class GgufByteLevelBpe
{
    public static TokenizerParts Read(GgufVocabulary file)
    {
        var pre = GgufPreTokenizers.Named(file.Pre ?? "default");
        var vocabulary = Models.Vocabulary.FromList(file.Tokens);
        var model = new BpeModel(vocabulary, Merges(file, vocabulary), new BpeOptions(IgnoreMerges: pre.IgnoreMerges));
        var splitters = pre.Expressions.Select(e => KnownExpressions.Isolate(e, $"{GgufTokenizer.Where}.pre"));
        return new(model, new ByteLevelDecoder())
        {
            Normalizer = pre.Nfc ? UnicodeNormalizer.Nfc : null,
            PreTokenizer = new SequencePreTokenizer([.. splitters, new ByteLevelPreTokenizer(addPrefixSpace: file.AddSpacePrefix == true, useRegex: false)]),
            PostProcessor = GgufTokenizer.Around(file, file.AddBos ?? pre.AddBos, file.AddEos ?? false),
        };
    }

    private static List<(int, int, int, int)> Merges(GgufVocabulary file, Models.Vocabulary vocabulary)
    {
        var merges = new List<(int, int, int, int)>();
        foreach (var merge in file.Merges ?? throw new TokenizerFormatException($"{GgufTokenizer.Where}.merges", "a byte-level BPE without merges"))
        {
            // The two sides are byte letters, which have no space; the first may begin with one in broken files only.
            var where = $"{GgufTokenizer.Where}.merges[{merges.Count}]";
            var space = merge.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0)
                throw new TokenizerFormatException(where, $"{Quote.Of(merge)} is not two tokens with a space between them");
            var (left, right) = (merge[..space], merge[(space + 1)..]);
            merges.Add((Id(left), Id(right), merges.Count, Id(left + right)));

            int Id(string token) => vocabulary.IdOf(token) ?? throw new TokenizerFormatException(where, $"{Quote.Of(token)} is not among the tokens");
        }
        return merges;
    }
}
