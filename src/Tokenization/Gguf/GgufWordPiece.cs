using Hone.Tokenization.Decoders;
using Hone.Tokenization.Models;
using Hone.Tokenization.Normalizers;
using Hone.Tokenization.PreTokenizers;

namespace Hone.Tokenization.Gguf;

/// <summary>WordPiece: the file writes words with U+2581 before them and continuations bare, where BERT has words bare and ## before continuations.</summary>
internal static class GgufWordPiece
{
    private const int Normal = 1;
    private const char WordStart = '\u2581';

    public static TokenizerParts Read(GgufVocabulary file)
    {
        var tokens = file.Tokens.Select((t, id) => Spell(t, file.TokenTypes.Length == 0 ? Normal : file.TokenTypes[id])).ToArray();
        var unknown = file.UnknownId is { } id ? tokens[id] : "[UNK]";
        var lowercase = file.Lowercase ?? true;
        return new(new WordPieceModel(Models.Vocabulary.FromList(tokens), unknown, "##", 100), new WordPieceDecoder("##", cleanup: true))
        {
            Normalizer = new BertNormalizer(cleanText: true, handleChineseChars: true, stripAccents: lowercase, lowercase),
            PreTokenizer = CharacterSplits.Bert,
            PostProcessor = GgufTokenizer.Around(file, file.AddBos ?? true, file.AddEos ?? true, file.SeparatorId),
        };
    }

    private static string Spell(string token, int type) => type != Normal ? token : token.StartsWith(WordStart) ? token[1..] : "##" + token;
}
