using System.Text;

namespace Hone.Tokenization.Models.Bpe;

/// <summary>Cuts a word into the symbols that merging starts from: one a character, or what stands for a character that is none.</summary>
internal sealed class BpeSymbols
{
    private readonly Vocabulary _vocabulary;
    private readonly BpeOptions _options;
    private readonly int? _unknown;
    private readonly int[]? _bytes;
    private readonly int[]? _bmp;   // the ids of single characters of the BMP, −1 where there is none

    public BpeSymbols(Vocabulary vocabulary, BpeOptions options)
    {
        _vocabulary = vocabulary;
        _options = options;
        _unknown = options.UnknownToken is { } token ? vocabulary.IdOf(token) : null;
        _bytes = options.ByteFallback ? vocabulary.ByteTokens() : null;
        if (options.ContinuingSubwordPrefix is not null || options.EndOfWordSuffix is not null)
            return;
        _bmp = new int[0x10000];
        Array.Fill(_bmp, -1);
        for (var id = 0; id < vocabulary.Size; id++)
        {
            if (vocabulary.TokenOf(id) is { Length: 1 } single)
                _bmp[single[0]] = id;
        }
    }

    /// <exception cref="TokenizationException">A character is unknown, and so is the unknown token.</exception>
    public void Load(ReadOnlySpan<char> word, BpeWord symbols)
    {
        symbols.Clear();
        var unknownLength = 0;  // the bytes of the unknown token that is still open
        Span<byte> utf8 = stackalloc byte[4];
        for (var at = 0; at < word.Length;)
        {
            Rune.DecodeFromUtf16(word[at..], out var rune, out var length);
            var id = IdOf(rune, first: at == 0, last: at + length == word.Length);
            at += length;
            if (id >= 0)
            {
                Flush(symbols, ref unknownLength);
                symbols.Add(id, rune.Utf8SequenceLength);
            }
            // An open unknown token stays open across bytes and comes after them: so does the reference library.
            else if (!AddBytes(utf8[..rune.EncodeToUtf8(utf8)], symbols) && _options.UnknownToken is not null)
            {
                if (!_options.FuseUnknown)
                    Flush(symbols, ref unknownLength);
                unknownLength += rune.Utf8SequenceLength;
            }
        }
        Flush(symbols, ref unknownLength);
    }

    private void Flush(BpeWord symbols, ref int unknownLength)
    {
        if (unknownLength == 0)
            return;
        symbols.Add(_unknown ?? throw new TokenizationException($"A character is not in the vocabulary, and neither is the unknown token {Quote.Of(_options.UnknownToken!)}."), unknownLength);
        unknownLength = 0;
    }

    private bool AddBytes(ReadOnlySpan<byte> utf8, BpeWord symbols)
    {
        if (_bytes is null)
            return false;
        foreach (var value in utf8)
        {
            if (_bytes[value] < 0)
                return false;
        }
        foreach (var value in utf8)
            symbols.Add(_bytes[value], 1);
        return true;
    }

    private int IdOf(Rune rune, bool first, bool last)
    {
        if (_bmp is not null && rune.IsBmp)
            return _bmp[rune.Value];
        var text = rune.ToString();
        if (!first)
            text = _options.ContinuingSubwordPrefix + text;
        if (last)
            text += _options.EndOfWordSuffix;
        return _vocabulary.IdOf(text) ?? -1;
    }
}
