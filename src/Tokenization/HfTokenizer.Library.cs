using System.Buffers;
using Microsoft.ML.Tokenizers;

namespace Hone.Tokenization;

// What Microsoft.ML.Tokenizers asks of a tokenizer. Its calls have no switch for special tokens: they recognise added tokens and add none.
public sealed partial class HfTokenizer
{
    /// <inheritdoc/>
    protected override EncodeResults<int> EncodeToIds(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        var given = text ?? textSpan.ToString();
        if (settings.MaxTokenCount != int.MaxValue)
        {
            var tokens = Tokens(given, settings);
            var kept = tokens.Take(settings.MaxTokenCount).ToList();
            return new() { Tokens = [.. kept.Select(t => t.Id)], CharsConsumed = Consumed(kept, tokens.Count, given) };
        }
        var sink = new EncodingSink(wantOffsets: false);
        Run(Text.WellFormed.Of(given), null, sink, settings.ConsiderNormalization, settings.ConsiderPreTokenization);
        return new() { Tokens = sink.Ids, CharsConsumed = given.Length };
    }

    /// <inheritdoc/>
    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        var given = text ?? textSpan.ToString();
        var tokens = Tokens(given, settings);
        var kept = tokens.Take(settings.MaxTokenCount).ToList();
        return new() { Tokens = kept, CharsConsumed = Consumed(kept, tokens.Count, given) };
    }

    /// <inheritdoc/>
    protected override int CountTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings) =>
        EncodeToIds(text, textSpan, settings).Tokens.Count;

    /// <inheritdoc/>
    protected override int GetIndexByTokenCount(
        string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings, bool fromEnd, out string? normalizedText, out int tokenCount)
    {
        var given = text ?? textSpan.ToString();
        var tokens = Tokens(given, settings);
        normalizedText = null;
        tokenCount = Math.Min(settings.MaxTokenCount, tokens.Count);
        if (tokenCount == tokens.Count)
            return fromEnd ? 0 : given.Length;
        return fromEnd ? tokens[tokens.Count - tokenCount].Offset.Start.Value : tokens[tokenCount].Offset.Start.Value;
    }

    /// <summary>The text of some tokens, special ones included.</summary>
    public override string Decode(IEnumerable<int> ids) => Decode(ids, skipSpecialTokens: false);

    /// <inheritdoc/>
    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        (idsConsumed, charsWritten) = (0, 0);
        var decoder = NewDecoder(skipSpecialTokens: false);
        foreach (var id in ids)
        {
            var text = decoder.Append(id);
            if (text.Length > destination.Length - charsWritten)
                return OperationStatus.DestinationTooSmall;
            text.CopyTo(destination[charsWritten..]);
            charsWritten += text.Length;
            idsConsumed++;
        }
        var rest = decoder.Flush();
        if (rest.Length > destination.Length - charsWritten)
            return OperationStatus.DestinationTooSmall;
        rest.CopyTo(destination[charsWritten..]);
        charsWritten += rest.Length;
        return OperationStatus.Done;
    }

    private List<EncodedToken> Tokens(string text, EncodeSettings settings)
    {
        var sink = new EncodingSink(wantOffsets: true);
        Run(Text.WellFormed.Of(text), null, sink, settings.ConsiderNormalization, settings.ConsiderPreTokenization);
        return [.. sink.Ids.Select((id, i) => new EncodedToken(id, sink.Tokens![i], sink.Offsets![i].Start..sink.Offsets[i].End))];
    }

    private static int Consumed(List<EncodedToken> kept, int total, string text) =>
        kept.Count == total ? text.Length : kept.Count == 0 ? 0 : kept[^1].Offset.End.Value;
}
