using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Values;

/// <summary>
/// A string that knows where each of its characters came from. Positions in this class are UTF-16 units;
/// what templates see counts code points (<see cref="CodePoints"/>).
/// </summary>
internal sealed class StringValue : Value
{
    private readonly Run[] _runs;
    private int _codePoints = -1;

    public StringValue(string text, Origin origin = Origin.Template) : this(text, text.Length == 0 ? [] : [new Run(text.Length, origin)])
    {
    }

    public StringValue(string text, Run[] runs)
    {
        Text = text;
        _runs = runs;
    }

    public static StringValue Empty { get; } = new("");

    public string Text { get; }

    /// <summary>Text that is HTML-safe: strings joined to it are escaped.</summary>
    public bool IsMarkup { get; private init; }

    public override string TypeName => IsMarkup ? "Markup" : "str";

    public override string Described => IsMarkup ? "markupsafe.Markup object" : base.Described;

    /// <summary>Everything its characters are.</summary>
    public override Origin Origin => _runs.Aggregate(Origin.Template, (all, run) => all | run.Origin);

    public override bool IsTrue => Text.Length > 0;

    public override int? Length => _codePoints < 0 ? _codePoints = CodePoints.Count(Text) : _codePoints;

    /// <summary>No character needs two UTF-16 units, so units are code points.</summary>
    public bool IsFlat => Length == Text.Length;

    public override bool IsIterable => true;

    /// <summary>Runs that reach beyond <paramref name="start"/>, in order.</summary>
    public ReadOnlySpan<Run> RunsFrom(int start)
    {
        var first = 0;
        while (first < _runs.Length && _runs[first].End <= start)
            first++;
        return _runs.AsSpan(first);
    }

    public Origin OriginAt(int index) => RunsFrom(index)[0].Origin;

    public StringValue AsMarkup(bool markup = true) => markup == IsMarkup ? this : new StringValue(Text, _runs) { IsMarkup = markup };

    /// <summary>Both texts, one behind the other; templates build prompts of long chains of <c>+</c>.</summary>
    public StringValue Concat(StringValue other)
    {
        if (other.Text.Length == 0)
            return this;
        if (Text.Length == 0)
            return other;
        var joins = _runs[^1].Origin == other._runs[0].Origin ? 1 : 0; // the last run goes on in the first of the other
        var runs = new Run[_runs.Length - joins + other._runs.Length];
        _runs.AsSpan(0, _runs.Length - joins).CopyTo(runs);
        for (var i = 0; i < other._runs.Length; i++)
            runs[_runs.Length - joins + i] = other._runs[i] with { End = Text.Length + other._runs[i].End };
        return new StringValue(string.Concat(Text, other.Text), runs);
    }

    public StringValue Substring(int start, int length)
    {
        if (length == Text.Length)
            return this;
        if (length <= 0)
            return Empty.AsMarkup(IsMarkup);
        var runs = RunsFrom(start);
        var taken = new List<Run>(1);
        foreach (var run in runs)
        {
            taken.Add(new Run(Math.Min(run.End, start + length) - start, run.Origin));
            if (run.End >= start + length)
                break;
        }
        return new StringValue(Text.Substring(start, length), [.. taken]) { IsMarkup = IsMarkup };
    }

    public StringValue Substring(int start) => Substring(start, Text.Length - start);

    /// <summary>UTF-16 offset of a code point; the offset behind the text for anything beyond it.</summary>
    public int OffsetOf(int codePoint) => IsFlat ? Math.Min(codePoint, Text.Length) : CodePoints.Offset(Text, codePoint);

    /// <summary>The code point at that position from 0.</summary>
    public StringValue CodePointAt(int index)
    {
        var start = OffsetOf(index);
        return Substring(start, CodePoints.LengthAt(Text, start));
    }

    public override StringValue ToText(RenderContext context) => this;

    public override void WriteText(TextBuilder output) => output.Append(this);

    public override void WriteRepr(TextBuilder output)
    {
        if (IsMarkup)
            output.Append("Markup(");
        PythonRepr.Write(this, output, Origin);
        if (IsMarkup)
            output.Append(")");
    }

    public override Value? GetAttribute(string name) => Methods.StringMethods.Find(this, name);

    public override Value? GetItem(Value key, RenderContext context) =>
        Operators.Numbers.AsInteger(key) is { } index && Operators.Slicing.Position(index, Length!.Value) is { } position ? CodePointAt(position) : null;

    public override IEnumerable<Value> Iterate(RenderContext context)
    {
        for (var i = 0; i < Text.Length;)
        {
            var length = CodePoints.LengthAt(Text, i);
            yield return Substring(i, length).AsMarkup(false);
            i += length;
        }
    }
}
