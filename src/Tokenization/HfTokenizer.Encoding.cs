using Hone.Tokenization.Models;
using Hone.Tokenization.PostProcessors;
using Hone.Tokenization.Text;

namespace Hone.Tokenization;

public sealed partial class HfTokenizer
{
    private readonly int[] _prefix;
    private readonly int[] _suffix;

    /// <summary>The ids of a text. Added tokens in it are recognised: not for text from strangers, see the overload for that.</summary>
    /// <param name="text">The text; lone surrogates count as U+FFFD.</param>
    /// <param name="addSpecialTokens">Put the tokens around it that the model was trained with (BOS and the like).</param>
    /// <exception cref="TokenizationException">The text has no tokens in this vocabulary.</exception>
    public IReadOnlyList<int> Encode(string text, bool addSpecialTokens) => Encode(MarkedText.Trusted(text), addSpecialTokens);

    /// <summary>The ids of a text in which added tokens are recognised only where all their characters are trusted; all else is as if it were plain.</summary>
    /// <exception cref="ArgumentException">The untrusted ranges are not in the text, or not in order.</exception>
    /// <exception cref="TokenizationException">The text has no tokens in this vocabulary.</exception>
    public IReadOnlyList<int> Encode(MarkedText text, bool addSpecialTokens)
    {
        var sink = new EncodingSink(wantOffsets: false);
        if (addSpecialTokens)
            sink.Ids.AddRange(_prefix);
        Run(WellFormed.Of(text.Text), UntrustedUnits(text), sink);
        if (addSpecialTokens)
            sink.Ids.AddRange(_suffix);
        return sink.Ids;
    }

    /// <summary>Everything about a text's tokens: offsets, types, masks.</summary>
    /// <param name="text">The text; added tokens in it are recognised.</param>
    /// <param name="pair">A second text, for models that take two.</param>
    /// <param name="addSpecialTokens">Put the tokens around it that the model was trained with.</param>
    /// <param name="truncateAndPad">Cut and fill up as the tokenizer.json says.</param>
    /// <exception cref="TokenizationException">A text has no tokens in this vocabulary, or truncation leaves nothing of it.</exception>
    public TokenEncoding EncodeFully(string text, string? pair = null, bool addSpecialTokens = true, bool truncateAndPad = false)
    {
        var encodings = new List<TokenEncoding> { ToEncoding(text) };
        if (pair is not null)
            encodings.Add(ToEncoding(pair).WithTypeId(1));
        if (truncateAndPad && _parts.Truncation is { } truncation)
            encodings = [.. truncation.Apply(encodings, addSpecialTokens ? _parts.PostProcessor?.AddedTokens(pair is not null) ?? 0 : 0)];
        var parts = _parts.PostProcessor?.Process(encodings, addSpecialTokens) ?? encodings;
        var result = parts.Count == 0 ? new TokenEncoding() : parts.Aggregate((left, right) => left.Join(right));
        return truncateAndPad && _parts.Padding is { } padding ? padding.Apply(result) : result;
    }

    private TokenEncoding ToEncoding(string text)
    {
        var sink = new EncodingSink(wantOffsets: true);
        Run(WellFormed.Of(text), untrusted: null, sink);
        var result = new TokenEncoding();
        for (var i = 0; i < sink.Ids.Count; i++)
            result.Add(sink.Ids[i], sink.Tokens![i], sink.Offsets![i]);
        return result;
    }

    // What a post-processor puts before and after one text.
    private static (int[] Prefix, int[] Suffix) AroundText(IPostProcessor? processor)
    {
        if (processor is null)
            return ([], []);
        var marker = new TokenEncoding();
        marker.Add(-1, "", (0, 0));
        var ids = processor.Process([marker], addSpecialTokens: true).SelectMany(e => e.Ids).ToArray();
        var at = Array.IndexOf(ids, -1);
        return (ids[..at], ids[(at + 1)..]);
    }

    private static bool[]? UntrustedUnits(MarkedText text)
    {
        if (text.Untrusted.Count == 0)
            return null;
        var untrusted = new bool[text.Text.Length];
        var last = 0;
        foreach (var range in text.Untrusted)
        {
            var (start, length) = range.GetOffsetAndLength(untrusted.Length);
            if (start < last)
                throw new ArgumentException($"The untrusted range at {start} is not after the one before it.", nameof(text));
            untrusted.AsSpan(start, length).Fill(true);
            last = start + length;
        }
        return untrusted;
    }

    private void Run(string text, bool[]? untrusted, EncodingSink sink, bool normalize = true, bool preTokenize = true)
    {
        foreach (var (range, token) in _added.Original.Cut(text, untrusted))
        {
            if (token is not null)
                sink.Add(token.Id, text, range);
            else if (_byteLevel is not null && !sink.WantsOffsets && normalize && preTokenize)
                _byteLevel.Encode(text.AsSpan(range.Start, range.Length), sink.Ids);
            else
                RunParts(text, range, untrusted, sink, normalize, preTokenize);
        }
    }

    // The stages one after the other, as they are described.
    private void RunParts(string text, TextRange range, bool[]? untrusted, EncodingSink sink, bool normalize, bool preTokenize)
    {
        var aligned = AlignedText.FromOriginal(text.AsSpan(range.Start, range.Length), range.Start);
        if (normalize && _parts.Normalizer is { } normalizer)
            aligned = normalizer.Normalize(aligned);
        foreach (var (part, token) in _added.Normalized.Cut(aligned.Chars, untrusted is null ? [] : UntrustedUnits(aligned, untrusted)))
        {
            if (token is not null)
            {
                sink.Add(token.Id, aligned, part);
                continue;
            }
            var pieces = new Pieces(aligned, [part]);
            if (preTokenize && _parts.PreTokenizer is { } preTokenizer)
                pieces = preTokenizer.Split(pieces);
            foreach (var piece in pieces.Ranges)
                sink.AddPiece(_parts.Model, pieces.Text, piece);
        }
    }

    // A changed character is trusted if all of the original that it stands for is.
    private static bool[] UntrustedUnits(AlignedText text, bool[] untrusted)
    {
        var result = new bool[text.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var (start, end) = text.Original(i, 1);
            result[i] = start == end || untrusted.AsSpan(start, end - start).Contains(true);
        }
        return result;
    }
}
