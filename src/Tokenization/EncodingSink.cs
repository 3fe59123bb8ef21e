using Hone.Tokenization.Models;
using Hone.Tokenization.Text;

namespace Hone.Tokenization;

/// <summary>Collects a whole text's tokens; with offsets and texts, if wanted.</summary>
internal sealed class EncodingSink(bool wantOffsets)
{
    private readonly TokenSink _model = new(wantOffsets);

    public bool WantsOffsets => wantOffsets;

    public List<int> Ids => _model.Ids;

    public List<string>? Tokens { get; } = wantOffsets ? [] : null;

    /// <summary>UTF-16 units [Start, End) of the original.</summary>
    public List<(int Start, int End)>? Offsets { get; } = wantOffsets ? [] : null;

    /// <summary>Adds an added token found in the original.</summary>
    public void Add(int id, string text, TextRange range) =>
        Add(id, () => text.Substring(range.Start, range.Length), (range.Start, range.End));

    /// <summary>Adds an added token found in normalized text.</summary>
    public void Add(int id, AlignedText text, TextRange range) =>
        Add(id, () => text.Chars.Slice(range.Start, range.Length).ToString(), text.Original(range.Start, range.Length));

    private void Add(int id, Func<string> token, (int, int) offsets)
    {
        _model.Add(id, 0, 0);
        Tokens?.Add(token());
        Offsets?.Add(offsets);
    }

    public void AddPiece(ITokenModel model, AlignedText text, TextRange piece)
    {
        var first = Ids.Count;
        var chars = text.Chars.Slice(piece.Start, piece.Length);
        model.Tokenize(chars, _model);
        if (_model.Spans is not { } spans)
            return;
        var units = Utf8Spans.UnitOfByte(chars);
        for (var i = first; i < Ids.Count; i++)
        {
            var (start, end) = spans[i];
            var from = end > start ? units[start] : piece.Length;
            Tokens!.Add(_model.Texts!.GetValueOrDefault(i) ?? model.Vocabulary.TokenOf(Ids[i])!);
            Offsets!.Add(end > start ? text.Original(piece.Start + from, units[end - 1] + 1 - from) : (0, 0));
        }
    }
}
