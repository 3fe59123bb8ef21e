using System.Text;
using Hone.Tokenization.AddedTokens;
using Hone.Tokenization.Decoders;
using Hone.Tokenization.Matching;
using Hone.Tokenization.Models;
using Hone.Tokenization.Text;

namespace Hone.Tokenization.Streaming;

/// <summary>The bytes that each token contributes to the text, all ids in one block of memory.</summary>
internal sealed class TokenBytes
{
    private const char Space = '\u2581';

    private readonly byte[] _bytes;
    private readonly int[] _starts;

    public TokenBytes(Vocabulary vocabulary, AddedVocabulary added, int size, IDecoder decoder)
    {
        IDecoder[] parts = decoder is SequenceDecoder sequence ? sequence.Parts : [decoder];
        Func<string, byte[]> spell = parts switch
        {
            _ when parts.OfType<ByteLevelDecoder>().Any() => t => ByteAlphabet.Decode(t) ?? Encoding.UTF8.GetBytes(t),
            _ when parts.OfType<WordPieceDecoder>().FirstOrDefault() is { } words => t =>
                Encoding.UTF8.GetBytes(t.StartsWith(words.Prefix, StringComparison.Ordinal) ? t[words.Prefix.Length..] : " " + t),
            _ when parts.OfType<ByteFallbackDecoder>().Any() => t => ByteFallbackDecoder.ByteOf(t) is { } b ? [b] : Spaced(t),
            _ when parts.Any(ReplacesSpace) => Spaced,
            _ => Encoding.UTF8.GetBytes,
        };
        using var all = new MemoryStream();
        _starts = new int[size + 1];
        for (var id = 0; id < size; id++)
        {
            if ((added.ById(id)?.Content ?? vocabulary.TokenOf(id)) is { } text)
                all.Write(spell(text));
            _starts[id + 1] = (int)all.Length;
        }
        _bytes = all.ToArray();
    }

    public ReadOnlySpan<byte> this[int id] =>
        (uint)id < (uint)(_starts.Length - 1) ? _bytes.AsSpan(_starts[id], _starts[id + 1] - _starts[id]) : default;

    private static byte[] Spaced(string token) => Encoding.UTF8.GetBytes(token.Replace(Space, ' '));

    private static bool ReplacesSpace(IDecoder decoder) =>
        decoder is MetaspaceDecoder { Replacement: Space } || (decoder is ReplaceDecoder { Content: " ", Pattern: StringPattern { Value: "\u2581" } });

    /// <summary>
    /// Whether a decoder does no more than join the bytes of its tokens (and drop one space at the very start), so that text can be
    /// streamed from the bytes.
    /// </summary>
    public static bool Suffice(IDecoder decoder, out bool stripsLeadingSpace)
    {
        stripsLeadingSpace = false;
        if (decoder is ByteLevelDecoder)
            return true;
        if (decoder is not SequenceDecoder { Parts: var parts })
            return false;
        if (parts is [var replace, ByteFallbackDecoder, FuseDecoder, .. var rest] && ReplacesSpace(replace) && replace is ReplaceDecoder)
        {
            stripsLeadingSpace = rest is [StripDecoder { Content.Value: ' ', Start: 1, Stop: 0 }];
            return rest.Length == 0 || stripsLeadingSpace;
        }
        return parts is [ByteLevelDecoder];
    }
}
