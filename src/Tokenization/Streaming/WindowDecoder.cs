namespace Hone.Tokenization.Streaming;

/// <summary>
/// Streams text for decoders that look at a token's neighbours: decodes the last few tokens with and without the new one, and gives
/// the difference.
/// </summary>
internal sealed class WindowDecoder(HfTokenizer tokenizer, bool skipSpecialTokens) : IncrementalDecoder
{
    private const int Window = 8;

    private readonly List<int> _ids = [];
    private string _before = "";

    public override string Append(int id)
    {
        if (tokenizer.TokenOf(id) is null || (skipSpecialTokens && tokenizer.IsSpecial(id)))
            return "";
        _ids.Add(id);
        var text = tokenizer.Decode(_ids, skipSpecialTokens);
        // A decoder may hold back or correct the end of the text; only what stays can be given.
        var added = text.StartsWith(_before, StringComparison.Ordinal) ? text[_before.Length..] : "";
        if (_ids.Count > Window)
        {
            _ids.RemoveRange(0, _ids.Count - Window / 2);
            text = tokenizer.Decode(_ids, skipSpecialTokens);
        }
        _before = text;
        return added;
    }

    public override string Flush() => "";
}
