namespace Hone.Tokenization;

/// <summary>The padding that a tokenizer.json asks for.</summary>
/// <param name="Length">The length to fill up to; null: that of the longest in a batch, so nothing for a single text.</param>
/// <param name="MultipleOf">The length is rounded up to a multiple of this; null: not.</param>
internal sealed record PaddingPolicy(int? Length, int? MultipleOf, bool OnLeft, int Id, int TypeId, string Token)
{
    public TokenEncoding Apply(TokenEncoding encoding)
    {
        var length = Length ?? encoding.Count;
        if (MultipleOf is { } multiple && length % multiple > 0)
            length += multiple - length % multiple;
        var missing = length - encoding.Count;
        if (missing <= 0)
            return encoding;
        var result = new TokenEncoding();
        if (OnLeft)
            Fill(result, missing);
        result.AddFrom(encoding, 0, encoding.Count);
        if (!OnLeft)
            Fill(result, missing);
        result.Overflowing.AddRange(encoding.Overflowing.Select(Apply));
        return result;
    }

    private void Fill(TokenEncoding encoding, int count)
    {
        for (var i = 0; i < count; i++)
            encoding.Add(Id, Token, (0, 0), TypeId, special: true, attended: false);
    }
}
