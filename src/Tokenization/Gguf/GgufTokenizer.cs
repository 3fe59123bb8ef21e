using Hone.Tokenization.PostProcessors;

namespace Hone.Tokenization.Gguf;

/// <summary>Makes the parts of a tokenizer from the vocabulary of a GGUF file.</summary>
internal static class GgufTokenizer
{
    public const string Where = "tokenizer.ggml";

    private const int Unknown = 2, Control = 3, UserDefined = 4;

    public static TokenizerParts Read(GgufVocabulary vocabulary)
    {
        Check(vocabulary);
        var parts = vocabulary.Model switch
        {
            "gpt2" => GgufByteLevelBpe.Read(vocabulary),
            "llama" => GgufSentencePieceBpe.Read(vocabulary),
            "bert" => GgufWordPiece.Read(vocabulary),
            "t5" => GgufUnigram.Read(vocabulary),
            var model => throw new TokenizerFormatException($"{Where}.model", $"the tokenizer model {Quote.Of(model)} is not supported; supported are gpt2, llama, bert and t5"),
        };
        return parts with { AddedTokens = [.. AddedTokens(vocabulary)] };
    }

    /// <summary>A template with the tokens before and after a text that the file asks for; null if there are none.</summary>
    public static IPostProcessor? Around(GgufVocabulary vocabulary, bool addBos, bool addEos, int? end = null)
    {
        TemplatePart[] bos = addBos ? [Token(vocabulary, vocabulary.BosId ?? vocabulary.ClsId, "bos_token_id")] : [];
        TemplatePart[] eos = addEos ? [Token(vocabulary, end ?? vocabulary.EosId, "eos_token_id")] : [];
        if (bos.Length + eos.Length == 0)
            return null;
        TemplatePart first = new(0, 0, []), second = new(1, 1, []);
        // Two texts: BERT-like models close both with the separator; RoBERTa's file says that one stands before the second too.
        TemplatePart[] between = vocabulary.AddSeparator == true ? eos : addEos && vocabulary.SeparatorId is not null ? [] : bos;
        return new TemplatePostProcessor([.. bos, first, .. eos], [.. bos, first, .. eos, .. between, second, .. eos.Select(e => e with { TypeId = 1 })]);
    }

    private static TemplatePart Token(GgufVocabulary vocabulary, int? id, string key) => id is { } known
        ? new(0, null, [(known, vocabulary.Tokens[known])])
        : throw new TokenizerFormatException($"{Where}.{key}", "the file asks for this token around texts and does not name it");

    private static IEnumerable<AddedToken> AddedTokens(GgufVocabulary vocabulary)
    {
        for (var id = 0; id < vocabulary.TokenTypes.Length; id++)
        {
            if (vocabulary.TokenTypes[id] is Unknown or Control or UserDefined)
                yield return new(id, vocabulary.Tokens[id], Special: vocabulary.TokenTypes[id] != UserDefined);
        }
    }

    private static void Check(GgufVocabulary vocabulary)
    {
        var count = vocabulary.Tokens.Length;
        if (vocabulary.TokenTypes.Length != 0 && vocabulary.TokenTypes.Length != count)
            throw new TokenizerFormatException($"{Where}.token_type", $"{vocabulary.TokenTypes.Length} types for {count} tokens");
        if (vocabulary.Scores is { } scores && scores.Length != count)
            throw new TokenizerFormatException($"{Where}.scores", $"{scores.Length} scores for {count} tokens");
        (string Key, int? Id)[] ids =
        [
            ("bos_token_id", vocabulary.BosId), ("eos_token_id", vocabulary.EosId), ("unknown_token_id", vocabulary.UnknownId),
            ("seperator_token_id", vocabulary.SeparatorId), ("padding_token_id", vocabulary.PaddingId), ("cls_token_id", vocabulary.ClsId),
            ("mask_token_id", vocabulary.MaskId),
        ];
        foreach (var (key, id) in ids)
        {
            if (id < 0 || id >= count)
                throw new TokenizerFormatException($"{Where}.{key}", $"{id} is not the id of one of the {count} tokens");
        }
    }
}
