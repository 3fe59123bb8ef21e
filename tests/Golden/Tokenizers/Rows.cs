using System.Text.Json;

namespace Hone.Golden.Tokenizers;

/// <summary>Ids, decoding and streaming of real tokenizers, row by row.</summary>
public class Rows
{
    public static IEnumerable<TheoryDataRow<string>> Names => TokenizerGoldens.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public void Ids(string name)
    {
        var tokenizer = TokenizerGoldens.Load(name);
        Compare(name, (row, text) =>
        {
            if (text is null)
                return null;
            return Difference("ids", row.GetProperty("ids").Ints(), tokenizer.Encode(text, addSpecialTokens: false))
                ?? Difference("ids_special", row.GetProperty("ids_special").Ints(), tokenizer.Encode(text, addSpecialTokens: true))
                ?? Difference("ids with offsets", row.GetProperty("ids").Ints(), tokenizer.EncodeFully(text, addSpecialTokens: false).Ids);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decoding(string name)
    {
        var tokenizer = TokenizerGoldens.Load(name);
        Compare(name, (row, _) =>
            Difference("decoded", row.GetProperty("decoded").GetString()!, tokenizer.Decode(row.GetProperty("ids").Ints(), skipSpecialTokens: true))
            ?? Difference("decoded_special", row.GetProperty("decoded_special").GetString()!, tokenizer.Decode(row.GetProperty("ids_special").Ints(), skipSpecialTokens: false)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Streaming(string name)
    {
        var tokenizer = TokenizerGoldens.Load(name);
        Compare(name, (row, _) =>
        {
            if (row.GetProperty("stream") is not { ValueKind: JsonValueKind.Array } stream)
                return null;
            var decoder = tokenizer.NewDecoder(skipSpecialTokens: true);
            var ids = row.GetProperty("ids").Ints();
            for (var i = 0; i < ids.Length; i++)
            {
                if (Difference($"stream[{i}]", stream[i].GetString()!, decoder.Append(ids[i])) is { } difference)
                    return difference;
            }
            return Difference("flush", row.GetProperty("flush").GetString()!, decoder.Flush());
        });
    }

    private static void Compare(string name, Func<JsonElement, string?, string?> difference)
    {
        var failures = new List<string>();
        var count = 0;
        foreach (var row in TokenizerGoldens.Rows(name + ".jsonl.gz"))
        {
            count++;
            if (difference(row, row.GetProperty("text").GetString()) is { } found)
                failures.Add($"row {row.GetProperty("n")} ({row.GetProperty("cat")}): {found}");
        }
        Assert.True(count > 0, "no rows");
        Assert.True(failures.Count == 0, $"{failures.Count} of {count} rows differ:\n{string.Join('\n', failures.Take(20))}");
    }

    private static string? Difference(string what, string expected, string actual) =>
        expected == actual ? null : $"{what}: expected \"{expected.Escape()}\", got \"{actual.Escape()}\"";

    private static string? Difference(string what, int[] expected, IReadOnlyList<int> actual)
    {
        var same = expected.Zip(actual).TakeWhile(p => p.First == p.Second).Count();
        return same == expected.Length && same == actual.Count ? null
            : $"{what} from {same}: expected {string.Join(' ', expected.Skip(same).Take(8))} ({expected.Length}), got {string.Join(' ', actual.Skip(same).Take(8))} ({actual.Count})";
    }
}
