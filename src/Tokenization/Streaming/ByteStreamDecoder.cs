using System.Text;

namespace Hone.Tokenization.Streaming;

/// <summary>Streams text from the tokens' bytes. A trailing incomplete character waits; bytes that cannot become valid turn into U+FFFD at once.</summary>
internal sealed class ByteStreamDecoder(HfTokenizer tokenizer, bool skipSpecialTokens, bool stripLeadingSpace) : IncrementalDecoder
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private bool _atStart = stripLeadingSpace;

    public override string Append(int id)
    {
        if (skipSpecialTokens && tokenizer.IsSpecial(id))
            return "";
        var bytes = tokenizer.BytesOf(id);
        if (_atStart && bytes.Length > 0)
        {
            _atStart = false;
            if (bytes[0] == (byte)' ')
                bytes = bytes[1..];
        }
        return Convert(bytes, flush: false);
    }

    public override string Flush() => Convert([], flush: true);

    private string Convert(ReadOnlySpan<byte> bytes, bool flush)
    {
        // A pending tail can add up to three units before the bytes' own.
        var capacity = bytes.Length + 4;
        Span<char> chars = capacity <= 256 ? stackalloc char[capacity] : new char[capacity];
        return chars[.._decoder.GetChars(bytes, chars, flush)].ToString();
    }
}
