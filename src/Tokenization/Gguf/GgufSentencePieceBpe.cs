using Hone.Tokenization.Decoders;
using Hone.Tokenization.Matching;
using Hone.Tokenization.Models;
using Hone.Tokenization.Models.Bpe;
using Hone.Tokenization.Normalizers;

namespace Hone.Tokenization.Gguf;

/// <summary>SentencePiece's BPE: two neighbours merge if the vocabulary has what they spell together, the best score first.</summary>
internal static class GgufSentencePieceBpe
{
    private const string Space = "\u2581";

    // Every cut of a token is looked up; the longest of real vocabularies have some dozen characters.
    private const int MaxTokenLength = 512;

    public static TokenizerParts Read(GgufVocabulary file)
    {
        var scores = file.Scores ?? throw new TokenizerFormatException($"{GgufTokenizer.Where}.scores", "a SentencePiece model without scores");
        var prefix = file.AddSpacePrefix ?? true;
        var spaces = new ReplaceNormalizer(new StringPattern(" "), Space);
        var vocabulary = Models.Vocabulary.FromList(file.Tokens);
        var unknown = file.UnknownId is { } id ? file.Tokens[id] : null;
        var model = new BpeModel(vocabulary, Merges(file, vocabulary, scores), new BpeOptions(unknown, FuseUnknown: true, ByteFallback: true));
        IDecoder[] strip = prefix ? [new StripDecoder(new(' '), 1, 0)] : [];
        return new(model, new SequenceDecoder([new ReplaceDecoder(new StringPattern(Space), " "), new ByteFallbackDecoder(), new FuseDecoder(), .. strip]))
        {
            Normalizer = prefix ? new SequenceNormalizer([new PrependNormalizer(Space), spaces]) : spaces,
            PostProcessor = GgufTokenizer.Around(file, file.AddBos ?? true, file.AddEos ?? false),
        };
    }

    // Every way in which two tokens spell a third one; equal scores have equal rank, so that the leftmost goes first.
    private static List<(int, int, int, int)> Merges(GgufVocabulary file, Models.Vocabulary vocabulary, float[] scores)
    {
        const int Normal = 1, UserDefined = 4;
        var ranks = scores.Distinct().OrderDescending().Select((score, rank) => (score, rank)).ToDictionary(p => p.score, p => p.rank);
        var merges = new List<(int, int, int, int)>();
        for (var id = 0; id < file.Tokens.Length; id++)
        {
            var token = file.Tokens[id];
            if (file.TokenTypes.Length > 0 && file.TokenTypes[id] is not (Normal or UserDefined))
                continue;
            if (token.Length > MaxTokenLength)
                throw new TokenizerFormatException($"{GgufTokenizer.Where}.tokens[{id}]", $"a token of {token.Length} characters; the limit is {MaxTokenLength}");
            for (var cut = 1; cut < token.Length; cut++)
            {
                if (vocabulary.TryGetId(token.AsSpan(0, cut), out var left) && vocabulary.TryGetId(token.AsSpan(cut), out var right))
                    merges.Add((left, right, ranks[scores[id]], id));
            }
        }
        return merges;
    }
}
