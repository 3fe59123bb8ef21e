namespace Hone.Tokenization;

/// <summary>Which of two texts gives way when they are too long together.</summary>
internal enum TruncationStrategy
{
    LongestFirst,
    OnlyFirst,
    OnlySecond,
}

/// <summary>The truncation that a tokenizer.json asks for.</summary>
/// <param name="MaxLength">The most tokens, special ones included.</param>
/// <param name="Stride">How many tokens an overflowing part repeats of the one before.</param>
internal sealed record TruncationPolicy(int MaxLength, int Stride, TruncationStrategy Strategy, bool FromLeft)
{
    /// <summary>The encodings cut to the length that is left beside the special tokens.</summary>
    /// <exception cref="TokenizationException">The length leaves no room for the text that is to give way.</exception>
    public TokenEncoding[] Apply(IReadOnlyList<TokenEncoding> encodings, int specialTokens)
    {
        var max = Math.Max(0, MaxLength - specialTokens);
        var total = encodings.Sum(e => e.Count);
        var excess = total - max;
        if (excess <= 0)
            return [.. encodings];
        if (max == 0)
            return [.. encodings.Select(e => Cut(e, 0))];
        if (Strategy == TruncationStrategy.LongestFirst)
        {
            if (encodings.Count == 1)
                return [Cut(encodings[0], max)];
            var (first, second) = Shares(encodings[0].Count, encodings[1].Count, max);
            return [Cut(encodings[0], first), Cut(encodings[1], second)];
        }
        var target = Strategy == TruncationStrategy.OnlyFirst ? 0 : 1;
        if (target >= encodings.Count)
            throw new TokenizationException("Truncation is set to cut the second text, and there is none.");
        if (encodings[target].Count <= excess)
            throw new TokenizationException($"Truncation to {MaxLength} tokens leaves nothing of the text that it is set to cut.");
        return [.. encodings.Select((e, i) => i == target ? Cut(e, e.Count - excess) : e)];
    }

    // The shorter text stays whole if the longer one can make up for it; else both get half.
    private static (int First, int Second) Shares(int first, int second, int max)
    {
        var (shorter, longer) = (Math.Min(first, second), Math.Max(first, second));
        longer = shorter > max ? shorter : Math.Max(shorter, max - shorter);
        if (shorter + longer > max)
            (shorter, longer) = (max / 2, max / 2 + max % 2);
        return first > second ? (longer, shorter) : (shorter, longer);
    }

    private TokenEncoding Cut(TokenEncoding encoding, int max)
    {
        if (max >= encoding.Count)
            return encoding;
        var result = new TokenEncoding();
        if (max == 0)
        {
            result.Overflowing.Add(encoding);
            return result;
        }
        if (Stride >= max)
            throw new TokenizationException($"The truncation's stride of {Stride} tokens must be less than the {max} tokens that are left for a text.");
        var parts = Parts(encoding.Count, max).ToArray();
        result.AddFrom(encoding, parts[0].Start, parts[0].End);
        foreach (var (start, end) in parts.Skip(1))
        {
            var part = new TokenEncoding();
            part.AddFrom(encoding, start, end);
            result.Overflowing.Add(part);
        }
        return result;
    }

    private IEnumerable<(int Start, int End)> Parts(int count, int max)
    {
        var step = max - Stride;
        if (FromLeft)
        {
            for (var end = count; end > 0; end -= step)
            {
                yield return (Math.Max(0, end - max), end);
                if (end <= max)
                    yield break;
            }
            yield break;
        }
        for (var start = 0; start < count; start += step)
        {
            yield return (start, Math.Min(start + max, count));
            if (start + max >= count)
                yield break;
        }
    }
}
