using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Hone.Tokenization;
using Hone.Tokenization.PreTokenizers;

namespace Hone.Unit.Tokenization;

public class HfTokenizerTests
{
    public static IEnumerable<TheoryDataRow<string?>> Expressions => KnownExpressions.Scanners.Keys.Select(e => new TheoryDataRow<string?>(e)).Append(new(null));

    /// <summary>The short way of byte-level BPE gives what the stages give one after the other.</summary>
    [Theory]
    [MemberData(nameof(Expressions))]
    public void ShortWayIsThePlainOne(string? expression)
    {
        foreach (var normalizer in new object?[] { null, new { type = "NFC" } })
        {
            var parts = TinyTokenizers.Parts(TinyTokenizers.ByteLevelJson(expression, normalizer, ignoreMerges: normalizer is null));
            var (fast, plain) = (new HfTokenizer(parts), new HfTokenizer(parts, fast: false));
            var random = new Random(4);
            for (var i = 0; i < 500; i++)
            {
                var text = TinyTokenizers.RandomText(random, random.Next(60));
                Assert.Equal(plain.Encode(text, false), fast.Encode(text, false));
                Assert.Equal(plain.Encode(text, false), plain.EncodeFully(text, addSpecialTokens: false).Ids);
            }
        }
    }

    [Fact]
    public void LongWordsAndLongSpacesTakeNoMoreThanTheirLength()
    {
        foreach (var tokenizer in new[] { TinyTokenizers.Load(TinyTokenizers.ByteLevelJson()), TinyTokenizers.SentencePiece() })
        {
            foreach (var unit in new[] { "ab", "hello", " ", "\n", "\u00E9", "\u4E00", "the ", "<|end|", "!" })
            {
                var text = string.Concat(Enumerable.Repeat(unit, 100_000 / unit.Length));
                var watch = Stopwatch.StartNew();
                var ids = tokenizer.Encode(text, addSpecialTokens: false);
                Assert.Equal(text, tokenizer.Decode(ids, skipSpecialTokens: true));
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{unit}: {watch.Elapsed}");
            }
        }
    }

    [Fact]
    public void SentencePieceWordsAreThoseOfTheWholeText()
    {
        // Words are cut at U+2581 before merging; with offsets wanted nothing is remembered, so the two ways differ in all but the result.
        var tokenizer = TinyTokenizers.SentencePiece();
        Assert.Equal(["<s>", "\u2581the", "\u2581", "\u2581ab", "\u2581a", "<0xE4>", "<0xB8>", "<0x80>"], tokenizer.Encode("the  ab a\u4E00", true).Select(i => tokenizer.TokenOf(i)));
        Assert.Equal("the  ab a\u4E00", tokenizer.Decode(tokenizer.Encode("the  ab a\u4E00", true), skipSpecialTokens: true));
        var random = new Random(5);
        for (var i = 0; i < 500; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => "abthe  \u00E9\u4E00"[random.Next(9)]));
            Assert.Equal(tokenizer.EncodeFully(text, addSpecialTokens: false).Ids, tokenizer.Encode(text, false));
        }
    }

    [Fact]
    public void LoneSurrogatesCountAsReplacementCharacters()
    {
        var tokenizer = TinyTokenizers.Load(TinyTokenizers.ByteLevelJson());
        Assert.Equal(tokenizer.Encode("a\uFFFDb\uFFFD", false), tokenizer.Encode("a\uD800b\uDC00", false));
    }

    [Fact]
    public void ReadsGzipToo()
    {
        var json = TinyTokenizers.ByteLevelJson();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(json));
        packed.Position = 0;
        Assert.Equal(TinyTokenizers.Load(json).Encode("hello world", false), HfTokenizer.FromJson(packed).Encode("hello world", false));
    }

    [Fact]
    public async Task ServesManyThreads()
    {
        var tokenizer = TinyTokenizers.Load(TinyTokenizers.ByteLevelJson());
        var random = new Random(6);
        var texts = Enumerable.Range(0, 400).Select(_ => TinyTokenizers.RandomText(random, 200)).ToArray();
        var expected = texts.Select(t => tokenizer.Encode(t, false)).ToArray();
        await Parallel.ForAsync(0, texts.Length * 4, TestContext.Current.CancellationToken, (i, _) =>
        {
            Assert.Equal(expected[i % texts.Length], tokenizer.Encode(texts[i % texts.Length], false));
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>The calls of Microsoft.ML.Tokenizers agree with ours.</summary>
    [Fact]
    public void WorksAsALibraryTokenizer()
    {
        var ours = TinyTokenizers.Load(TinyTokenizers.ByteLevelJson());
        Microsoft.ML.Tokenizers.Tokenizer library = ours;
        const string Text = "hello world <|end|> ing";
        var ids = ours.Encode(Text, addSpecialTokens: false);
        Assert.Equal(ids, library.EncodeToIds(Text));
        Assert.Equal(ids.Count, library.CountTokens(Text));
        var tokens = library.EncodeToTokens(Text, out _);
        Assert.Equal(ids, tokens.Select(t => t.Id));
        Assert.Equal(Text, string.Concat(tokens.Select(t => Text[t.Offset])));
        Assert.Equal(Text, library.Decode(ids));
        Assert.Equal(ids.Take(2), library.EncodeToIds(Text, 2, out _, out var consumed));
        Assert.Equal("hello world".Length, consumed);
        Assert.Equal("hello world".Length, library.GetIndexByTokenCount(Text, 2, out _, out var count));
        Assert.Equal(2, count);
    }
}
