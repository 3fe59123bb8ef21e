namespace Hone.Tokenization.Models;

/// <summary>Tokens by text and by id. Several texts may not share an id; ids may have gaps.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly string?[] _tokens;

    private Vocabulary(Dictionary<string, int> ids, string?[] tokens)
    {
        _ids = ids;
        _bySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _tokens = tokens;
    }

    /// <exception cref="TokenizerFormatException">An id is negative, far beyond the number of tokens, or taken twice.</exception>
    public static Vocabulary FromMap(Dictionary<string, int> ids, string where)
    {
        // Real vocabularies have few gaps; a lone huge id must not cost memory.
        var limit = (long)ids.Count * 4 + (1 << 16);
        var max = -1;
        foreach (var (token, id) in ids)
        {
            if (id < 0 || id >= limit)
                throw new TokenizerFormatException(where, $"the id {id} of {Quote.Of(token)} is out of range for {ids.Count} tokens");
            max = Math.Max(max, id);
        }
        var tokens = new string?[max + 1];
        foreach (var (token, id) in ids)
        {
            if (tokens[id] is { } other)
                throw new TokenizerFormatException(where, $"the id {id} is given to both {Quote.Of(other)} and {Quote.Of(token)}");
            tokens[id] = token;
        }
        return new(ids, tokens);
    }

    /// <summary>A vocabulary whose ids are positions. Of equal texts the last one is found.</summary>
    public static Vocabulary FromList(string[] tokens)
    {
        var ids = new Dictionary<string, int>(tokens.Length);
        for (var i = 0; i < tokens.Length; i++)
            ids[tokens[i]] = i;
        return new(ids, tokens);
    }

    /// <summary>One more than the highest id.</summary>
    public int Size => _tokens.Length;

    /// <summary>The number of tokens.</summary>
    public int Count => _ids.Count;

    public string? TokenOf(int id) => (uint)id < (uint)_tokens.Length ? _tokens[id] : null;

    public int? IdOf(string token) => _ids.TryGetValue(token, out var id) ? id : null;

    public bool TryGetId(ReadOnlySpan<char> token, out int id) => _bySpan.TryGetValue(token, out id);

    /// <summary>The ids of the 256 tokens <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>; −1 where there is none.</summary>
    public int[] ByteTokens() => [.. Enumerable.Range(0, 256).Select(b => IdOf($"<0x{b:X2}>") ?? -1)];
}
