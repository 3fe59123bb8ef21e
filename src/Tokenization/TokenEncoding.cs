namespace Hone.Tokenization;

/// <summary>A text as tokens, with all that the reference library tells about them. All lists have the same length.</summary>
public sealed class TokenEncoding
{
    /// <summary>Token ids.</summary>
    public List<int> Ids { get; } = [];

    /// <summary>The tokens' texts.</summary>
    public List<string> Tokens { get; } = [];

    /// <summary>The UTF-16 units [Start, End) of the original text that each token stands for; 0, 0 for tokens that were added.</summary>
    public List<(int Start, int End)> Offsets { get; } = [];

    /// <summary>The number of the segment that a token belongs to, as BERT-like models take it.</summary>
    public List<int> TypeIds { get; } = [];

    /// <summary>True for tokens that post-processing or padding added.</summary>
    public List<bool> SpecialTokensMask { get; } = [];

    /// <summary>False for padding.</summary>
    public List<bool> AttentionMask { get; } = [];

    /// <summary>What truncation cut off, as encodings of their own.</summary>
    public List<TokenEncoding> Overflowing { get; } = [];

    public int Count => Ids.Count;

    internal void Add(int id, string token, (int Start, int End) offsets, int typeId = 0, bool special = false, bool attended = true)
    {
        Ids.Add(id);
        Tokens.Add(token);
        Offsets.Add(offsets);
        TypeIds.Add(typeId);
        SpecialTokensMask.Add(special);
        AttentionMask.Add(attended);
    }

    internal void AddFrom(TokenEncoding other, int start, int end)
    {
        for (var i = start; i < end; i++)
            Add(other.Ids[i], other.Tokens[i], other.Offsets[i], other.TypeIds[i], other.SpecialTokensMask[i], other.AttentionMask[i]);
    }

    internal TokenEncoding WithTypeId(int typeId)
    {
        var result = new TokenEncoding();
        result.AddFrom(this, 0, Count);
        for (var i = 0; i < Count; i++)
            result.TypeIds[i] = typeId;
        result.Overflowing.AddRange(Overflowing.Select(o => o.WithTypeId(typeId)));
        return result;
    }

    /// <summary>This encoding followed by another; what overflowed of either is joined with all of the other.</summary>
    internal TokenEncoding Join(TokenEncoding other)
    {
        var result = Concatenate(other);
        foreach (var mine in Overflowing)
        {
            result.Overflowing.Add(mine.Concatenate(other));
            result.Overflowing.AddRange(other.Overflowing.Select(mine.Concatenate));
        }
        result.Overflowing.AddRange(other.Overflowing.Select(Concatenate));
        return result;
    }

    private TokenEncoding Concatenate(TokenEncoding other)
    {
        var result = new TokenEncoding();
        result.AddFrom(this, 0, Count);
        result.AddFrom(other, 0, other.Count);
        return result;
    }
}
