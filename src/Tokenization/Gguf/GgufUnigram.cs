using Hone.Tokenization.Decoders;
using Hone.Tokenization.Matching;
using Hone.Tokenization.Models;
using Hone.Tokenization.Normalizers;
using Hone.Tokenization.PreTokenizers;

namespace Hone.Tokenization.Gguf;

/// <summary>SentencePiece's Unigram, as T5 and XLM-RoBERTa have it.</summary>
internal static class GgufUnigram
{
    private const char Space = '\u2581';

    public static TokenizerParts Read(GgufVocabulary file)
    {
        var scores = file.Scores ?? throw new TokenizerFormatException($"{GgufTokenizer.Where}.scores", "a Unigram model without scores");
        var badScore = Array.FindIndex(scores, s => !float.IsFinite(s));
        if (badScore >= 0)
            throw new TokenizerFormatException($"{GgufTokenizer.Where}.scores[{badScore}]", "not a finite number");
        var prefix = file.AddSpacePrefix ?? true;
        var normalizers = new List<INormalizer>();
        if (file.PrecompiledCharsmap is { Length: > 0 } map)
            normalizers.Add(PrecompiledNormalizer.FromBytes(map, $"{GgufTokenizer.Where}.precompiled_charsmap"));
        if (file.RemoveExtraWhitespaces == true)
        {
            normalizers.Add(new StripNormalizer(left: true, right: true));
            normalizers.Add(new ReplaceNormalizer(new RegexPattern(" {2,}", GgufTokenizer.Where), " "));
        }
        var model = new UnigramModel(Models.Vocabulary.FromList(file.Tokens), [.. scores.Select(s => (double)s)], file.UnknownId, byteFallback: false);
        return new(model, new MetaspaceDecoder(Space, prefix))
        {
            Normalizer = new SequenceNormalizer([.. normalizers]),
            PreTokenizer = new MetaspacePreTokenizer(Space, prefix ? PrependScheme.Always : PrependScheme.Never, split: true),
            PostProcessor = GgufTokenizer.Around(file, file.AddBos ?? false, file.AddEos ?? true),
        };
    }
}
