using System.Text;
using Hone.Tokenization;

namespace Hone.Unit.Tokenization;

public class IncrementalDecoderTests
{
    [Fact]
    public void CharactersComeWhenTheyAreComplete()
    {
        var tokenizer = TinyTokenizers.Load(TinyTokenizers.ByteLevelJson());
        var decoder = tokenizer.NewDecoder(skipSpecialTokens: true);
        var bytes = Encoding.UTF8.GetBytes("\U0001F600").Select(b => tokenizer.IdOf(Hone.Tokenization.Text.ByteAlphabet.LetterOf(b).ToString())!.Value).ToArray();
        Assert.Equal(["", "", "", "\U0001F600"], bytes.Select(decoder.Append));
        Assert.Equal("", decoder.Append(tokenizer.IdOf("<|end|>")!.Value));
        Assert.Equal("", decoder.Append(bytes[0]));
        Assert.Equal("\uFFFD", decoder.Flush());
    }

    [Fact]
    public void UnknownIdsGiveNothing()
    {
        var tokenizer = TinyTokenizers.Load(TinyTokenizers.ByteLevelJson());
        Assert.Equal("", tokenizer.NewDecoder(false).Append(tokenizer.VocabularySize + 100));
        Assert.Equal("", tokenizer.NewDecoder(false).Append(-1));
        Assert.Equal("", tokenizer.Decode([int.MaxValue, -1], skipSpecialTokens: false));
        Assert.Null(tokenizer.TokenOf(int.MaxValue));
        Assert.True(tokenizer.BytesOf(int.MinValue).IsEmpty);
    }

    [Fact]
    public void PiecesAddUpToTheText()
    {
        var random = new Random(8);
        foreach (var tokenizer in new[] { TinyTokenizers.Load(TinyTokenizers.ByteLevelJson()), TinyTokenizers.SentencePiece() })
        {
            for (var i = 0; i < 300; i++)
            {
                var ids = tokenizer.Encode(TinyTokenizers.RandomText(random, 40), addSpecialTokens: true);
                var decoder = tokenizer.NewDecoder(skipSpecialTokens: true);
                Assert.Equal(tokenizer.Decode(ids, skipSpecialTokens: true), string.Concat(ids.Select(decoder.Append)) + decoder.Flush());
            }
        }
    }

    [Fact]
    public void WordsOfAWordPieceVocabularyAreSpaced()
    {
        var tokenizer = HfTokenizer.FromGguf(new GgufVocabulary { Model = "bert", Tokens = ["[UNK]", "\u2581un", "able", "\u2581,", "\u2581yes"], TokenTypes = [3, 1, 1, 1, 1], UnknownId = 0, AddBos = false, AddEos = false });
        var decoder = tokenizer.NewDecoder(skipSpecialTokens: true);
        int[] ids = [1, 2, 3, 4, 4, 4, 4, 4, 4, 4, 2, 3];
        Assert.Equal(["un", "able", ",", " yes", " yes", " yes", " yes", " yes", " yes", " yes", "able", ","], ids.Select(decoder.Append));
    }
}
