using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>The template's characters with a cursor: newlines are made <c>\n</c> and one at the very end is dropped.</summary>
internal sealed class SourceText
{
    private int _line = 1;
    private int _lineStart;
    private int _counted;

    public SourceText(string source)
    {
        var text = source.Replace("\r\n", "\n").Replace('\r', '\n');
        Text = text.EndsWith('\n') ? text[..^1] : text;
    }

    public string Text { get; }

    public int Index { get; set; }

    public bool AtEnd => Index >= Text.Length;

    public char Current => Text[Index];

    public bool StartsWith(string value) => string.CompareOrdinal(Text, Index, value, 0, value.Length) == 0;

    public char Peek(int ahead) => Index + ahead < Text.Length ? Text[Index + ahead] : '\0';

    public void SkipSpace()
    {
        while (!AtEnd && PythonCharacter.IsSpace(Current))
            Index++;
    }

    /// <summary>The place of an index; asked for in ascending order, so that lines are counted once.</summary>
    public Position PositionAt(int index)
    {
        for (; _counted < index; _counted++)
        {
            if (Text[_counted] != '\n')
                continue;
            _line++;
            _lineStart = _counted + 1;
        }
        return new Position(_line, index - _lineStart + 1);
    }
}
