using System.Text;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Text;

/// <summary>Builds a string piece by piece, keeping each character's origin and charging the budget.</summary>
internal sealed class TextBuilder(Budget budget)
{
    private readonly StringBuilder _text = new();
    private readonly List<Run> _runs = [];
    private int _covered;

    public Budget Budget => budget;

    public int Length => _text.Length;

    public TextBuilder Append(string text, Origin origin = Origin.Template) => Append(text.AsSpan(), origin);

    public TextBuilder Append(char character, Origin origin) => Append([character], origin);

    public TextBuilder Append(ReadOnlySpan<char> text, Origin origin)
    {
        budget.Write(text.Length, Length);
        _text.Append(text);
        Extend(text.Length, origin);
        return this;
    }

    public TextBuilder Append(StringValue value) => Append(value, 0, value.Text.Length);

    public TextBuilder Append(StringValue value, int start, int length)
    {
        budget.Write(length, Length);
        _text.Append(value.Text, start, length);
        foreach (var (end, origin) in value.RunsFrom(start))
        {
            var taken = Math.Min(end, start + length) - start;
            Extend(taken, origin);
            start += taken;
            length -= taken;
            if (length == 0)
                break;
        }
        return this;
    }

    public TextBuilder Repeat(StringValue value, long count)
    {
        budget.Write(checked(value.Text.Length * Math.Max(count, 0)), Length);
        for (; count > 0; count--)
            Append(value);
        return this;
    }

    public TextBuilder Repeat(char character, long count, Origin origin = Origin.Template)
    {
        if (count <= 0)
            return this;
        budget.Write(count, Length);
        _text.Append(character, (int)count);
        Extend((int)count, origin);
        return this;
    }

    /// <summary>Adds <paramref name="origin"/> to everything from <paramref name="start"/> on.</summary>
    public void Mark(int start, Origin origin)
    {
        var tail = ToValue(start);
        _text.Length = start;
        TruncateRuns(start);
        var before = 0;
        foreach (var run in tail.RunsFrom(0))
        {
            _text.Append(tail.Text, before, run.End - before);
            Extend(run.End - before, run.Origin | origin);
            before = run.End;
        }
    }

    /// <summary>The text from <paramref name="start"/> on.</summary>
    public StringValue ToValue(int start = 0)
    {
        var text = _text.ToString(start, Length - start);
        if (_runs.Count <= 1)
            return new StringValue(text, _runs.Count == 0 ? Origin.Template : _runs[0].Origin);
        return new StringValue(text, [.. _runs.Where(run => run.End > start).Select(run => run with { End = run.End - start })]);
    }

    private void TruncateRuns(int length)
    {
        while (_runs.Count > 0 && _runs[^1].End > length)
        {
            var run = _runs[^1];
            _runs.RemoveAt(_runs.Count - 1);
            if ((_runs.Count == 0 ? 0 : _runs[^1].End) < length)
                _runs.Add(run with { End = length });
        }
        _covered = length;
    }

    private void Extend(int length, Origin origin)
    {
        if (length == 0)
            return;
        _covered += length;
        if (_runs.Count > 0 && _runs[^1].Origin == origin)
            _runs[^1] = new Run(_covered, origin);
        else
            _runs.Add(new Run(_covered, origin));
    }
}
