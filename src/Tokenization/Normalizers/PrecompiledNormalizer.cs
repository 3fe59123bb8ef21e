using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Hone.Tokenization.Text;

namespace Hone.Tokenization.Normalizers;

/// <summary>
/// SentencePiece's compiled character map: a double-array trie (Darts) over UTF-8 from texts to positions of their replacements. The
/// reference library looks up whole grapheme clusters of less than 6 bytes, then single characters, and takes the shortest match.
/// </summary>
internal sealed class PrecompiledNormalizer : INormalizer
{
    private readonly uint[] _trie;
    private readonly byte[] _replacements;

    private PrecompiledNormalizer(uint[] trie, byte[] replacements)
    {
        _trie = trie;
        _replacements = replacements;
    }

    /// <summary>Reads a map: the trie's size in bytes (little-endian), the trie's units, the replacements, each ended by a zero byte.</summary>
    public static INormalizer FromBase64(string? text, string where)
    {
        if (string.IsNullOrEmpty(text))
            return new SequenceNormalizer([]);
        try
        {
            return FromBytes(Convert.FromBase64String(text), where);
        }
        catch (FormatException e)
        {
            throw new TokenizerFormatException(where, "not valid base64", e);
        }
    }

    /// <summary>The same from the map itself.</summary>
    public static INormalizer FromBytes(ReadOnlySpan<byte> map, string where)
    {
        if (map.Length < 4)
            throw new TokenizerFormatException(where, $"a character map of {map.Length} bytes is too short");
        var size = BinaryPrimitives.ReadUInt32LittleEndian(map);
        if (size % 4 != 0 || size > map.Length - 4)
            throw new TokenizerFormatException(where, $"a character map of {map.Length} bytes cannot hold a trie of {size}");
        var trie = new uint[size / 4];
        for (var i = 0; i < trie.Length; i++)
            trie[i] = BinaryPrimitives.ReadUInt32LittleEndian(map[(4 + i * 4)..]);
        return new PrecompiledNormalizer(trie, map[(4 + (int)size)..].ToArray());
    }

    public AlignedText Normalize(AlignedText text)
    {
        var changes = new List<Change>(text.Length);
        var modified = false;
        var chars = text.Chars;
        while (chars.Length > 0)
        {
            var length = StringInfo.GetNextTextElementLength(chars);
            modified |= AddElement(chars[..length], changes);
            chars = chars[length..];
        }
        return modified ? text.Apply(changes) : text;
    }

    private bool AddElement(ReadOnlySpan<char> element, List<Change> changes)
    {
        if (Encoding.UTF8.GetByteCount(element) < 6 && Replacement(element) is { } whole)
        {
            Replace(element, whole, changes);
            return true;
        }
        var modified = false;
        while (element.Length > 0)
        {
            Rune.DecodeFromUtf16(element, out var rune, out var length);
            if (Replacement(element[..length]) is { } part)
            {
                Replace(element[..length], part, changes);
                modified = true;
            }
            else
            {
                changes.Add(new(rune, 0));
            }
            element = element[length..];
        }
        return modified;
    }

    // Too many new characters are inserted at the end; too few remove old ones after the last change so far, whichever it is.
    private static void Replace(ReadOnlySpan<char> old, string replacement, List<Change> changes)
    {
        var first = changes.Count;
        foreach (var rune in replacement.EnumerateRunes())
            changes.Add(new(rune, 0));
        var added = changes.Count - first;
        foreach (var _ in old.EnumerateRunes())
            added--;
        for (var i = changes.Count - added; added > 0 && i < changes.Count; i++)
            changes[i] = changes[i] with { Count = 1 };
        if (added < 0 && changes.Count > 0)
            changes[^1] = changes[^1] with { Count = changes[^1].Count + added };
    }

    private string? Replacement(ReadOnlySpan<char> text)
    {
        Span<byte> utf8 = stackalloc byte[16];
        var at = Shortest(utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
        if (at < 0 || at >= _replacements.Length)
            return at < 0 ? null : "";
        var end = _replacements.AsSpan(at).IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? _replacements.AsSpan(at) : _replacements.AsSpan(at, end));
    }

    // The value of the shortest key that a text begins with, or −1.
    private int Shortest(ReadOnlySpan<byte> text)
    {
        if (_trie.Length == 0)
            return -1;
        var node = Offset(_trie[0]);
        foreach (var value in text)
        {
            node ^= value;
            if (value == 0 || node >= _trie.Length)
                return -1;
            var unit = _trie[node];
            if ((unit & (1u << 31 | 0xFF)) != value)
                return -1;
            node ^= Offset(unit);
            if ((unit >> 8 & 1) == 1)
                return node < _trie.Length ? (int)(_trie[node] & int.MaxValue) : -1;
        }
        return -1;
    }

    private static uint Offset(uint unit) => unit >> 10 << (int)((unit & 1 << 9) >> 6);
}
