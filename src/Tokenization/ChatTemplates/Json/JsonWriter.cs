using System.Globalization;
using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Json;

/// <summary>JSON in Python's form. Punctuation has the origin of the list or dictionary it belongs to.</summary>
internal sealed class JsonWriter(TextBuilder output, JsonStyle style)
{
    private int _depth;

    public void Write(Value value)
    {
        output.Budget.Step();
        switch (value)
        {
            case StringValue text: WriteString(text); break;
            case SequenceValue sequence: WriteList(sequence); break;
            case DictValue dict: WriteDict(dict); break;
            default: output.Append(Scalar(value), value.Origin); break;
        }
    }

    private static string Scalar(Value value) => value switch
    {
        NoneValue => "null",
        BoolValue boolean => boolean.Flag ? "true" : "false",
        IntValue integer => integer.Number.ToString(CultureInfo.InvariantCulture),
        FloatValue { Number: var number } => double.IsFinite(number) ? PythonFloat.Repr(number)
            : double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity",
        _ => throw ChatTemplateException.Runtime($"Object of type {value.TypeName} is not JSON serializable"),
    };

    private void WriteList(SequenceValue sequence)
    {
        Budget.EnsureStack();
        output.Append("[", sequence.Origin);
        _depth++;
        for (var i = 0; i < sequence.Items.Length; i++)
        {
            Separate(i > 0, sequence.Origin);
            Write(sequence.Items[i]);
        }
        _depth--;
        Close("]", sequence.Items.Length > 0, sequence.Origin);
    }

    private void WriteDict(DictValue dict)
    {
        Budget.EnsureStack();
        output.Append("{", dict.Origin);
        _depth++;
        IEnumerable<KeyValuePair<Value, Value>> entries = dict.Entries;
        if (style.SortKeys)
            entries = Ordering.Sort(dict.Entries.Keys, key => key, reverse: false, output.Budget).Select(key => KeyValuePair.Create(key, dict.Entries[key]));
        var first = true;
        foreach (var (key, value) in entries)
        {
            Separate(!first, dict.Origin);
            first = false;
            WriteKey(key);
            Append(style.KeySeparator, dict.Origin);
            Write(value);
        }
        _depth--;
        Close("}", !first, dict.Origin);
    }

    private void WriteKey(Value key)
    {
        if (key is StringValue text)
            WriteString(text);
        else if (key is NoneValue or BoolValue or IntValue or FloatValue)
            output.Append($"\"{Scalar(key)}\"", key.Origin);
        else
            throw ChatTemplateException.Runtime($"keys must be str, int, float, bool or None, not {key.TypeName}");
    }

    private void Separate(bool isNext, Origin origin)
    {
        if (isNext)
            Append(style.ItemSeparator, origin);
        Indent(origin);
    }

    private void Close(string bracket, bool indent, Origin origin)
    {
        if (indent)
            Indent(origin);
        output.Append(bracket, origin);
    }

    private void Indent(Origin origin)
    {
        if (style.Indent is null)
            return;
        output.Append("\n", origin);
        for (var i = 0; i < _depth; i++)
            Append(style.Indent, origin);
    }

    private void Append(StringValue text, Origin origin) => output.Append(text.Text, text.Origin | origin);

    /// <summary>Quotes belong to the string; an escape has the origin of the character it stands for.</summary>
    private void WriteString(StringValue value)
    {
        var text = value.Text;
        var quotes = value.Origin;
        output.Append("\"", quotes);
        var copied = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (Escape(text[i]) is not { } escape)
                continue;
            output.Append(value, copied, i - copied).Append(escape, value.OriginAt(i));
            copied = i + 1;
        }
        output.Append(value, copied, text.Length - copied).Append("\"", quotes);
    }

    private string? Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        '\b' => @"\b",
        '\f' => @"\f",
        < ' ' => $"\\u{(int)c:x4}",
        > '~' when style.EnsureAscii && c != '\x7f' => $"\\u{(int)c:x4}",
        _ => null,
    };
}
