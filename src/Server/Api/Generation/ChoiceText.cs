using Hone.Engine;
using Hone.Tokenization;

namespace Hone.Server.Api.Generation;

/// <summary>A piece of a choice's text with the tokens that it is made of.</summary>
/// <param name="Tokens">Tokens whose text has been released with this piece; empty unless log-probabilities or ids are shown.</param>
internal readonly record struct TextPiece(string Text, IReadOnlyList<GenerationEvent> Tokens)
{
    public bool IsEmpty => Text.Length == 0 && Tokens.Count == 0;
}

/// <summary>Turns one choice's tokens into text: incremental decoding, stop strings, stop tokens. Not thread-safe.</summary>
internal sealed class ChoiceText(HfTokenizer tokenizer, Presentation presentation)
{
    private readonly IncrementalDecoder decoder = tokenizer.NewDecoder(skipSpecialTokens: true);
    private readonly StopStrings stops = new(presentation.Stops, presentation.KeepStop);
    private readonly Queue<(GenerationEvent Token, long End)> waiting = new();
    private long decoded;
    private long released;

    /// <summary>Generated tokens so far, the one that ended the choice included.</summary>
    public int TokenCount { get; private set; }

    /// <summary>A stop string was met: the engine may end the choice.</summary>
    public bool Stopped => stops.Met;

    /// <summary>Takes a token and returns what can be shown now.</summary>
    public TextPiece Append(in GenerationEvent token)
    {
        if (Stopped)
            return new TextPiece("", []);
        TokenCount++;
        if (presentation.StopTokens.Contains(token.Token))
            return new TextPiece("", presentation.KeepTokenIds ? [token] : []);
        var text = decoder.Append(token.Token);
        decoded += text.Length;
        if (presentation.LogProbs || presentation.KeepTokenIds)
            waiting.Enqueue((token, decoded));
        return Piece(stops.Append(text));
    }

    /// <summary>The rest, at the end of the choice.</summary>
    public TextPiece Flush()
    {
        var text = stops.Append(decoder.Flush()) + stops.Flush();
        var piece = Piece(text);
        return Stopped ? piece : piece with { Tokens = [.. piece.Tokens, .. Drain(long.MaxValue)] };
    }

    private TextPiece Piece(string text)
    {
        released += text.Length;
        return new TextPiece(text, Drain(released));
    }

    private IReadOnlyList<GenerationEvent> Drain(long upTo)
    {
        if (waiting.Count == 0)
            return [];
        var tokens = new List<GenerationEvent>(1);
        while (waiting.TryPeek(out var next) && next.End <= upTo)
            tokens.Add(waiting.Dequeue().Token);
        return tokens;
    }
}
