using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Hone.Tokenization;

namespace Hone.Unit.Tokenization;

/// <summary>A tokenizer.json from a stranger is read or refused with the place that is wrong: no crash, no hang.</summary>
public class HostileTests
{
    private const string Model = "\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 0}, \"unk_token\": \"a\"}";

    [Theory]
    [InlineData("", "tokenizer.json")]
    [InlineData("[]", "")]
    [InlineData("{}", "model")]
    [InlineData("{\"model\": {\"type\": \"Nonsense\"}}", "model")]
    [InlineData("{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 2000000000}, \"merges\": []}}", "model.vocab")]
    [InlineData("{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": -1}, \"merges\": []}}", "model.vocab[\"a\"]")]
    [InlineData("{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0, \"b\": 0}, \"merges\": []}}", "model.vocab")]
    [InlineData("{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0, \"b\": 1}, \"merges\": [\"a b\"]}}", "model.merges[0]")]
    [InlineData("{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [\"aa\"]}}", "model.merges[0]")]
    [InlineData("{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [[\"a\"]]}}", "model.merges[0]")]
    [InlineData("{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [], \"dropout\": 0.1}}", "model.dropout")]
    [InlineData("{\"model\": {\"type\": \"Unigram\", \"vocab\": [[\"a\", 0.0]], \"unk_id\": 7}}", "model.unk_id")]
    [InlineData("{\"model\": {\"type\": \"Unigram\", \"vocab\": [[\"a\", 1e999]]}}", "model.vocab[0][1]")]
    [InlineData("{" + Model + ", \"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"Nope\"}]}}", "normalizer.normalizers[0]")]
    [InlineData("{" + Model + ", \"normalizer\": {\"type\": \"Precompiled\", \"precompiled_charsmap\": \"/////w==\"}}", "normalizer.precompiled_charsmap")]
    [InlineData("{" + Model + ", \"normalizer\": {\"type\": \"Replace\", \"pattern\": {\"Regex\": \"(\"}, \"content\": \"\"}}", "normalizer.pattern.Regex")]
    [InlineData("{" + Model + ", \"pre_tokenizer\": {\"type\": \"Split\", \"pattern\": {\"Regex\": \"(a)\\\\1\"}, \"behavior\": \"Isolated\"}}", "pre_tokenizer.pattern.Regex")]
    [InlineData("{" + Model + ", \"pre_tokenizer\": {\"type\": \"FixedLength\", \"length\": 0}}", "pre_tokenizer.length")]
    [InlineData("{" + Model + ", \"post_processor\": {\"type\": \"TemplateProcessing\", \"single\": [], \"pair\": [{\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}]}}", "post_processor.pair")]
    [InlineData("{" + Model + ", \"post_processor\": {\"type\": \"TemplateProcessing\", \"single\": [{\"SpecialToken\": {\"id\": \"x\", \"type_id\": 0}}], \"pair\": [], \"special_tokens\": {}}}", "post_processor.single[0].SpecialToken")]
    [InlineData("{" + Model + ", \"added_tokens\": [{\"id\": 1, \"content\": \"x\"}, {\"id\": 1, \"content\": \"y\"}]}", "added_tokens")]
    [InlineData("{" + Model + ", \"added_tokens\": [{\"id\": 1, \"content\": \"\\ud800\"}]}", "added_tokens[0].content")]
    [InlineData("{" + Model + ", \"padding\": {\"strategy\": {\"Fixed\": 2000000000}, \"pad_id\": 0, \"pad_type_id\": 0, \"pad_token\": \"a\"}}", "padding.strategy.Fixed")]
    public void WhatIsWrongIsNamed(string json, string where)
    {
        var error = Assert.Throws<TokenizerFormatException>(() => TinyTokenizers.Load(json));
        Assert.Equal(where, error.Where);
    }

    [Fact]
    public void DeepNestingAndGzipBombsAreRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"type\":\"Sequence\",\"normalizers\":[", 100_000));
        Assert.Throws<TokenizerFormatException>(() => TinyTokenizers.Load("{" + Model + ", \"normalizer\": " + deep));
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            Array.Fill(zeros, (byte)' ');
            for (var i = 0; i < 300; i++)
                gzip.Write(zeros);
        }
        bomb.Position = 0;
        Assert.Throws<TokenizerFormatException>(() => HfTokenizer.FromJson(bomb));
        Assert.Throws<TokenizerFormatException>(() => HfTokenizer.FromJson(new MemoryStream([0x1F, 0x8B, 1, 2, 3, 4])));
    }

    [Fact]
    public void ASlowExpressionIsStopped()
    {
        var tokenizer = TinyTokenizers.Load("{" + Model + ", \"pre_tokenizer\": {\"type\": \"Split\", \"pattern\": {\"Regex\": \"(?:a|aa)*b\"}, \"behavior\": \"Removed\"}}");
        Assert.Throws<TokenizationException>(() => tokenizer.Encode(new string('a', 10_000), false));
    }

    /// <summary>Random damage to files with every component: values replaced, removed, doubled; bytes changed; files cut.</summary>
    [Fact]
    public void DamagedFilesAreReadOrRefused()
    {
        var random = new Random(9);
        var seeds = Seeds().ToArray();
        var watch = Stopwatch.StartNew();
        var (read, refused) = (0, 0);
        for (var i = 0; i < 10_000 && watch.Elapsed < TimeSpan.FromSeconds(15); i++)
        {
            var bytes = Damage(seeds[random.Next(seeds.Length)], random);
            try
            {
                var tokenizer = HfTokenizer.FromJson(new MemoryStream(bytes));
                read++;
                Use(tokenizer, random);
            }
            catch (TokenizerFormatException)
            {
                refused++;
            }
            catch (TokenizationException)
            {
                // Read, and unable to encode: said so.
            }
        }
        Assert.True(read > 100 && refused > 100, $"{read} read, {refused} refused");
    }

    private static void Use(HfTokenizer tokenizer, Random random)
    {
        var text = TinyTokenizers.RandomText(random, 30);
        var ids = tokenizer.Encode(text, addSpecialTokens: true);
        tokenizer.EncodeFully(text, "pair", truncateAndPad: true);
        var decoder = tokenizer.NewDecoder(skipSpecialTokens: false);
        foreach (var id in ids)
            decoder.Append(id);
        decoder.Flush();
        tokenizer.Decode(ids, skipSpecialTokens: true);
    }

    private static IEnumerable<string> Seeds()
    {
        yield return TinyTokenizers.ByteLevelJson(Hone.Tokenization.PreTokenizers.KnownExpressions.Llama3Expression, new { type = "NFC" });
        string[] normalizers =
        [
            "{\"type\":\"BertNormalizer\",\"clean_text\":true,\"handle_chinese_chars\":true,\"strip_accents\":null,\"lowercase\":true}",
            "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFKD\"},{\"type\":\"StripAccents\"},{\"type\":\"Strip\",\"strip_left\":true,\"strip_right\":true},{\"type\":\"Nmt\"}]}",
            "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"[a-z&&[^aeiou]]+(?=\\\\s)|\\\\p{Han}{1,2}\"},\"content\":\"_\"}",
            "{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"" + Convert.ToBase64String([16, 0, 0, 0, .. Enumerable.Range(0, 16).Select(i => (byte)(i * 37)), 65, 0]) + "\"}",
            "{\"type\":\"Prepend\",\"prepend\":\"\u2581\"}",
        ];
        string[] preTokenizers =
        [
            "{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"Whitespace\"},{\"type\":\"Digits\",\"individual_digits\":true},{\"type\":\"Punctuation\",\"behavior\":\"Contiguous\"}]}",
            "{\"type\":\"Metaspace\",\"replacement\":\"\u2581\",\"prepend_scheme\":\"first\",\"split\":true}",
            "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(?i:'s)|[^\\\\w\\\\s]++|\\\\bx*\"},\"behavior\":\"MergedWithNext\",\"invert\":true}",
            "{\"type\":\"UnicodeScripts\"}",
            "{\"type\":\"FixedLength\",\"length\":3}",
        ];
        string[] models =
        [
            "{\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":[[\"<unk>\",0],[\"\u2581\",-1],[\"a\",-2.5],[\"ab\",-3],[\"<0x41>\",-4]],\"byte_fallback\":true}",
            "{\"type\":\"WordPiece\",\"vocab\":{\"[UNK]\":0,\"a\":1,\"##b\":2},\"unk_token\":\"[UNK]\",\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":9}",
            "{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"##b\":1,\"ab\":2,\"[UNK]\":3},\"merges\":[[\"a\",\"##b\"]],\"unk_token\":\"[UNK]\",\"continuing_subword_prefix\":\"##\",\"fuse_unk\":true,\"byte_fallback\":true}",
        ];
        string[] decoders =
        [
            "{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"Replace\",\"pattern\":{\"String\":\"\u2581\"},\"content\":\" \"},{\"type\":\"ByteFallback\"},{\"type\":\"Fuse\"},{\"type\":\"Strip\",\"content\":\" \",\"start\":1,\"stop\":0}]}",
            "{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":true}",
            "{\"type\":\"CTC\",\"pad_token\":\"<pad>\",\"word_delimiter_token\":\"|\",\"cleanup\":true}",
        ];
        const string Around = ",\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"x\",\"type_id\":0}},{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}],"
            + "\"pair\":[{\"Sequence\":{\"id\":\"A\",\"type_id\":0}},{\"Sequence\":{\"id\":\"B\",\"type_id\":1}}],\"special_tokens\":{\"x\":{\"id\":\"x\",\"ids\":[1],\"tokens\":[\"x\"]}}}"
            + ",\"truncation\":{\"direction\":\"Right\",\"max_length\":9,\"strategy\":\"LongestFirst\",\"stride\":1}"
            + ",\"padding\":{\"strategy\":{\"Fixed\":10},\"direction\":\"Left\",\"pad_to_multiple_of\":4,\"pad_id\":0,\"pad_type_id\":0,\"pad_token\":\"[PAD]\"}"
            + ",\"added_tokens\":[{\"id\":9,\"content\":\"hello\",\"special\":true,\"normalized\":true,\"lstrip\":true,\"rstrip\":true,\"single_word\":true}]}";
        foreach (var normalizer in normalizers)
            foreach (var preTokenizer in preTokenizers)
                foreach (var model in models)
                    foreach (var decoder in decoders)
                        yield return $"{{\"normalizer\":{normalizer},\"pre_tokenizer\":{preTokenizer},\"model\":{model},\"decoder\":{decoder}" + Around;
    }

    private static byte[] Damage(string seed, Random random)
    {
        if (random.Next(3) == 0)
        {
            var bytes = Encoding.UTF8.GetBytes(seed);
            for (var n = random.Next(3); n >= 0; n--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            return random.Next(8) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
        }
        var root = JsonNode.Parse(seed)!;
        for (var n = random.Next(3); n >= 0; n--)
            DamageNode(root, random);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static void DamageNode(JsonNode node, Random random)
    {
        while (true)
        {
            if (node is JsonObject { Count: > 0 } o)
            {
                var name = o.ElementAt(random.Next(Math.Min(o.Count, 20))).Key;
                if (o[name] is not { } child || random.Next(4) == 0)
                {
                    if (random.Next(5) == 0)
                        o.Remove(name);
                    else
                        o[name] = Value(random);
                    return;
                }
                node = child;
            }
            else if (node is JsonArray { Count: > 0 } a)
            {
                var at = random.Next(a.Count);
                if (a[at] is not { } child || random.Next(4) == 0)
                {
                    a[at] = random.Next(3) == 0 ? a[random.Next(a.Count)]?.DeepClone() : Value(random);
                    return;
                }
                node = child;
            }
            else
            {
                return;
            }
        }
    }

    private static JsonNode? Value(Random random) => random.Next(14) switch
    {
        0 => null,
        1 => true,
        2 => -1,
        3 => int.MaxValue,
        4 => 1e300,
        5 => "",
        6 => "a",
        7 => new JsonArray(),
        8 => new JsonObject(),
        9 => "Sequence",
        10 => "(?:[a-z]|\\p{L})*?(?<=x)$",
        11 => random.Next(300),
        12 => new JsonArray("a", "b"),
        _ => new string('\u2581', random.Next(50)),
    };
}
