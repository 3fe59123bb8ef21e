using System.Security.Cryptography;
using Hone.TestKit;

namespace Hone.Golden.Tokenizers;

/// <summary>What each token contributes to the text, and what is known about the vocabulary.</summary>
public class ByteTables
{
    public static IEnumerable<TheoryDataRow<string>> Names => TokenizerGoldens.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes(string name)
    {
        GoldenRoot.Require("tokenizers", name + ".bytes.jsonl.gz");
        var tokenizer = TokenizerGoldens.Load(name);
        var differences = new List<string>();
        var id = 0;
        foreach (var line in TokenizerGoldens.Rows(name + ".bytes.jsonl.gz").Skip(1))
        {
            var expected = line.GetString() is { } text ? Convert.FromBase64String(text) : null;
            if (expected is null ? tokenizer.TokenOf(id) is not null : !tokenizer.BytesOf(id).SequenceEqual(expected))
                differences.Add($"{id}: expected {Convert.ToHexString(expected ?? [])}, got {Convert.ToHexString(tokenizer.BytesOf(id))}");
            id++;
        }
        Assert.True(differences.Count == 0, $"{differences.Count} of {id} tokens differ:\n{string.Join('\n', differences.Take(10))}");
        Assert.Equal(id, tokenizer.VocabularySize);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Policy(string name)
    {
        var tokenizer = TokenizerGoldens.Load(name);
        if (!TokenizerGoldens.Json("policy.json.gz").TryGetProperty(name, out var policy))
            Assert.Skip($"policy.json.gz does not have {name}.");
        Assert.Equal(policy.GetProperty("vocab_size").GetInt32(), tokenizer.VocabularySize);
        Assert.Equal(policy.GetProperty("strip_one_leading_space").GetBoolean(), tokenizer.StripsLeadingSpace);
        Assert.Equal(policy.GetProperty("byte_table_sha256").GetString(), Hash(tokenizer));
        var expected = policy.GetProperty("added_tokens").EnumerateArray()
            .Select(t => $"{t[0]} {t[1].GetString()} special {t[2]} normalized {t[3]} strip {t[4]} {t[5]} word {t[6]}");
        var actual = tokenizer.AddedTokens.Select(t =>
            $"{t.Id} {t.Content} special {Bit(t.Special)} normalized {Bit(t.Normalized)} strip {Bit(t.LeftStrip)} {Bit(t.RightStrip)} word {Bit(t.SingleWord)}");
        Assert.Equal(expected, actual);
        var around = policy.GetProperty("added_by_post_processor");
        Assert.Equal([.. around.GetProperty("prefix").Ints(), .. around.GetProperty("suffix").Ints()], tokenizer.Encode("", addSpecialTokens: true));
        Assert.All(tokenizer.AddedTokens, t => Assert.Equal((t.Id, t.Content, t.Special), (tokenizer.IdOf(t.Content), tokenizer.TokenOf(t.Id), tokenizer.IsSpecial(t.Id))));
    }

    // Over all ids the length (4 bytes, little-endian) and the bytes.
    private static string Hash(Tokenization.HfTokenizer tokenizer)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var id = 0; id < tokenizer.VocabularySize; id++)
        {
            var known = tokenizer.TokenOf(id) is not null;
            hash.AppendData(BitConverter.GetBytes(known ? tokenizer.BytesOf(id).Length : -1));
            hash.AppendData(tokenizer.BytesOf(id));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static int Bit(bool value) => value ? 1 : 0;
}
