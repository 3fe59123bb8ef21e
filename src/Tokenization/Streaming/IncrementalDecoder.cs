namespace Hone.Tokenization;

/// <summary>
/// Turns tokens into text as they come: each call gives the text that has become final. Keeps the state of one stream; for one thread.
/// </summary>
public abstract class IncrementalDecoder
{
    /// <summary>The text that is final with this token: "" while a character is incomplete. An id without a token gives nothing.</summary>
    public abstract string Append(int id);

    /// <summary>What is left at the end: U+FFFD for a character that was never completed.</summary>
    public abstract string Flush();
}
