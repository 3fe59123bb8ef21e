using System.Text;
using Hone.Tokenization.AddedTokens;
using Hone.Tokenization.Models;
using Hone.Tokenization.Models.Bpe;
using Hone.Tokenization.Normalizers;
using Hone.Tokenization.PreTokenizers;
using Hone.Tokenization.Text;

namespace Hone.Tokenization;

/// <summary>
/// The short way of byte-level BPE to ids: cuts the text as it stands, remembers words as they stand, and starts merging from bytes.
/// Gives what normalizer, pre-tokenizer and model give one after the other, and no offsets.
/// </summary>
internal sealed class ByteLevelEncoder
{
    private readonly bool _nfc;
    private readonly Splitter[] _splitters;
    private readonly BpeModel _model;
    private readonly int[] _byteIds;
    private readonly ScratchPool<Scratch> _pool;

    private ByteLevelEncoder(bool nfc, Splitter[] splitters, BpeModel model, int[] byteIds)
    {
        (_nfc, _splitters, _model, _byteIds) = (nfc, splitters, model, byteIds);
        _pool = new(() => new Scratch(model.Merges));
    }

    /// <summary>The encoder, or null if the tokenizer is not of this kind.</summary>
    public static ByteLevelEncoder? Create(TokenizerParts parts, AddedVocabulary added)
    {
        if (parts.Model is not BpeModel { Options: { ContinuingSubwordPrefix: null, EndOfWordSuffix: null } } model || !added.Normalized.IsEmpty)
            return null;
        INormalizer[] normalizers = parts.Normalizer is SequenceNormalizer sequence ? sequence.Parts : parts.Normalizer is { } one ? [one] : [];
        var nfc = normalizers is [var single] && single == UnicodeNormalizer.Nfc;
        IPreTokenizer[] stages = parts.PreTokenizer is SequencePreTokenizer several ? several.Parts : parts.PreTokenizer is { } alone ? [alone] : [];
        if ((normalizers.Length > 0 && !nfc) || stages is not [.. var before, ByteLevelPreTokenizer { AddPrefixSpace: false } last]
            || !Array.TrueForAll(before, s => s is Splitter))
            return null;
        var byteIds = Enumerable.Range(0, 256).Select(b => model.Vocabulary.IdOf(ByteAlphabet.LetterOf((byte)b).ToString()) ?? -1).ToArray();
        Splitter[] splitters = [.. before.Cast<Splitter>(), .. last.UseRegex ? [KnownExpressions.Gpt2] : Array.Empty<Splitter>()];
        return byteIds.Contains(-1) ? null : new(nfc, splitters, model, byteIds);
    }

    public void Encode(ReadOnlySpan<char> text, List<int> output)
    {
        if (_nfc && !UnicodeNormalizer.IsStable(text))
            text = UnicodeNormalizer.Nfc.Normalize(AlignedText.FromOriginal(text, 0)).Chars;
        var scratch = _pool.Rent();
        foreach (var range in Cut(text, scratch))
            EncodeWord(text.Slice(range.Start, range.Length), scratch, output);
        _pool.Return(scratch);
    }

    private List<TextRange> Cut(ReadOnlySpan<char> text, Scratch scratch)
    {
        var (ranges, next) = (scratch.Ranges, scratch.NextRanges);
        ranges.Clear();
        if (text.Length > 0)
            ranges.Add(new(0, text.Length));
        foreach (var splitter in _splitters)
        {
            next.Clear();
            foreach (var range in ranges)
                splitter.Split(text.Slice(range.Start, range.Length), range.Start, next);
            (ranges, next) = (next, ranges);
        }
        return ranges;
    }

    private void EncodeWord(ReadOnlySpan<char> text, Scratch scratch, List<int> output)
    {
        if (scratch.Cache.TryGet(text, out var known, out var slot))
        {
            output.AddRange(known);
            return;
        }
        var bytes = scratch.Utf8(text);
        var word = scratch.Word;
        word.Clear();
        if (_model.Options.IgnoreMerges && _model.Vocabulary.TryGetId(scratch.Letters(bytes), out var whole))
        {
            word.Add(whole, bytes.Length);
        }
        else
        {
            foreach (var value in bytes)
                word.Add(_byteIds[value], 1);
            word.Merge();
        }
        output.AddRange(word.Ids);
        scratch.Cache.Store(slot, text, word.Ids);
    }

    private sealed class Scratch(MergeTable merges)
    {
        private byte[] _bytes = new byte[256];
        private char[] _letters = new char[256];

        public BpeWord Word { get; } = new(merges);

        public WordCache Cache { get; } = new();

        public List<TextRange> Ranges { get; } = [];

        public List<TextRange> NextRanges { get; } = [];

        public ReadOnlySpan<byte> Utf8(ReadOnlySpan<char> text)
        {
            if (_bytes.Length < text.Length * 3)
                _bytes = new byte[text.Length * 3];
            return _bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, _bytes));
        }

        public ReadOnlySpan<char> Letters(ReadOnlySpan<byte> bytes)
        {
            if (_letters.Length < bytes.Length)
                _letters = new char[bytes.Length];
            for (var i = 0; i < bytes.Length; i++)
                _letters[i] = ByteAlphabet.LetterOf(bytes[i]);
            return _letters.AsSpan(0, bytes.Length);
        }
    }
}
