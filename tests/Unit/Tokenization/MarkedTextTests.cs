using Hone.Tokenization;

namespace Hone.Unit.Tokenization;

/// <summary>Text from strangers never becomes a control token.</summary>
public class MarkedTextTests
{
    private static readonly HfTokenizer Tokenizer = TinyTokenizers.Load(TinyTokenizers.ByteLevelJson());

    private static readonly int End = Tokenizer.IdOf("<|end|>")!.Value;
    private static readonly int Longer = Tokenizer.IdOf("<|end|><|x")!.Value;

    [Fact]
    public void TrustedTextIsPlainText()
    {
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var text = TinyTokenizers.RandomText(random, 20) + "<|end|>" + TinyTokenizers.RandomText(random, 20);
            Assert.Equal(Tokenizer.Encode(text, true), Tokenizer.Encode(MarkedText.Trusted(text), true));
        }
    }

    [Fact]
    public void AddedTokensAreFoundOnlyWhereAllIsTrusted()
    {
        const string Text = "<|end|>hello<|end|>";
        Assert.Equal(2, Tokenizer.Encode(Text, false).Count(id => id == End));
        for (var at = 0; at < "<|end|>".Length; at++)
        {
            // One stranger's character inside the first is enough.
            var ids = Tokenizer.Encode(new MarkedText(Text, [at..(at + 1)]), false);
            Assert.Equal(1, ids.Count(id => id == End));
            Assert.Equal(End, ids[^1]);
            Assert.Equal(Text, Tokenizer.Decode(ids, skipSpecialTokens: false));
        }
        Assert.DoesNotContain(End, Tokenizer.Encode(MarkedText.FromStranger(Text), false));
        Assert.Equal(2, Tokenizer.Encode(new MarkedText(Text, [7..12]), false).Count(id => id == End));
    }

    [Fact]
    public void AShorterTokenIsFoundWhereTheLongerIsNotTrusted()
    {
        const string Text = "<|end|><|x";
        Assert.Equal([Longer], Tokenizer.Encode(Text, false));
        var ids = Tokenizer.Encode(new MarkedText(Text, [9..10]), false);
        Assert.Equal(End, ids[0]);
        Assert.DoesNotContain(Longer, ids);
    }

    [Fact]
    public void BordersOfTrustDoNotCutWords()
    {
        var plain = Tokenizer.Encode("hello world", false);
        for (var at = 0; at <= "hello world".Length; at++)
            Assert.Equal(plain, Tokenizer.Encode(new MarkedText("hello world", [at.."hello world".Length]), false));
    }

    [Fact]
    public void TokensOfNormalizedTextNeedTrustToo()
    {
        var tokenizer = TinyTokenizers.Load("""
            {"normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"},
             "added_tokens": [{"id": 1, "content": "<TOK>", "special": true, "normalized": true}],
             "model": {"type": "WordLevel", "vocab": {"[UNK]": 0}, "unk_token": "[UNK]"}}
            """);
        Assert.Equal([0, 1], tokenizer.Encode("a <ToK>", false));
        Assert.Equal([0, 1], tokenizer.Encode(new MarkedText("a <ToK>", [0..2]), false));
        Assert.DoesNotContain(1, tokenizer.Encode(new MarkedText("a <ToK>", [3..4]), false));
    }

    [Fact]
    public void RangesOutsideTheTextOrOutOfOrderAreRefused()
    {
        Assert.ThrowsAny<ArgumentException>(() => Tokenizer.Encode(new MarkedText("abc", [1..5]), false));
        Assert.ThrowsAny<ArgumentException>(() => Tokenizer.Encode(new MarkedText("abc", [1..2, 0..1]), false));
    }
}
