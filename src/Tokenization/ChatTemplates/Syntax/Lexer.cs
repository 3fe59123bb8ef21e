using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>
/// Cuts a template into text and tags. Of the whitespace options, <c>trim_blocks</c> and <c>lstrip_blocks</c> are on, as chat templates expect.
/// Source: Jinja's documentation, "Whitespace Control".
/// </summary>
internal sealed class Lexer
{
    private readonly SourceText _source;
    private readonly List<Token> _tokens = [];
    private readonly ExpressionLexer _expressions;
    private bool _lineStarting = true;

    private Lexer(string source)
    {
        _source = new SourceText(source);
        _expressions = new ExpressionLexer(_source, _tokens);
    }

    public static List<Token> Tokenize(string source)
    {
        var lexer = new Lexer(source);
        lexer.Run();
        return lexer._tokens;
    }

    private void Run()
    {
        while (!_source.AtEnd)
        {
            var start = _source.Index;
            var tag = FindTag(start);
            if (tag < 0)
            {
                AddData(start, _source.Text.Length);
                _source.Index = _source.Text.Length;
                break;
            }
            ReadTag(start, tag);
        }
        _tokens.Add(new Token(TokenKind.End, "", _source.PositionAt(_source.Text.Length)));
    }

    private void ReadTag(int dataStart, int tag)
    {
        var kind = _source.Text[tag + 1];
        _source.Index = tag + 2;
        var sign = _source.Peek(0) is '-' or '+' ? _source.Current : '\0';
        if (sign != '\0')
            _source.Index++;
        AddData(dataStart, TextEnd(dataStart, tag, sign, isBlock: kind != '{'));
        switch (kind)
        {
            case '{':
                _tokens.Add(new Token(TokenKind.VariableBegin, "{{", _source.PositionAt(tag)));
                _expressions.Read(TokenKind.VariableEnd);
                break;
            case '#':
                SkipComment(tag);
                break;
            case '%' when TryReadRaw(tag):
                break;
            default:
                _tokens.Add(new Token(TokenKind.BlockBegin, "{%", _source.PositionAt(tag)));
                _expressions.Read(TokenKind.BlockEnd);
                break;
        }
        _lineStarting = _source.Text[_source.Index - 1] == '\n';
    }

    private int FindTag(int from)
    {
        for (var i = _source.Text.IndexOf('{', from); i >= 0 && i + 1 < _source.Text.Length; i = _source.Text.IndexOf('{', i + 1))
        {
            if (_source.Text[i + 1] is '{' or '%' or '#')
                return i;
        }
        return -1;
    }

    /// <summary>Where the text before a tag ends once blanks are stripped as its sign and kind ask.</summary>
    private int TextEnd(int start, int tag, char sign, bool isBlock)
    {
        var text = _source.Text;
        if (sign == '-')
        {
            while (tag > start && PythonCharacter.IsSpace(text[tag - 1]))
                tag--;
            return tag;
        }
        if (sign == '+' || !isBlock)
            return tag;
        var line = tag;
        while (line > start && text[line - 1] != '\n')
        {
            if (!PythonCharacter.IsSpace(text[--line]))
                return tag;
        }
        return line > start || _lineStarting ? line : tag;
    }

    private void AddData(int start, int end)
    {
        if (end > start)
            _tokens.Add(new Token(TokenKind.Data, _source.Text[start..end], _source.PositionAt(start)));
    }

    private void SkipComment(int tag)
    {
        var end = _source.Text.IndexOf("#}", _source.Index, StringComparison.Ordinal);
        if (_source.AtEnd)
            return; // the reference drops a comment that the template's end cuts off at once
        if (end < 0)
            throw ChatTemplateException.Syntax("Missing end of comment tag", _source.PositionAt(tag));
        // The sign of the end belongs to it even where it is also the sign of the begin's neighbour: {#-#}.
        var sign = end > _source.Index ? _source.Text[end - 1] : '\0';
        _source.Index = end + 2;
        TagEnd.SkipAfter(_source, sign, isBlock: true);
    }

    /// <summary><c>{% raw %}</c>: everything up to <c>{% endraw %}</c> is text.</summary>
    private bool TryReadRaw(int tag)
    {
        var body = _source.Index;
        if (!TagEnd.TryReadKeyword(_source, "raw", out var sign) || sign == '+')
        {
            _source.Index = body;
            return false;
        }
        if (sign == '-')
            _source.SkipSpace();
        body = _source.Index;
        _lineStarting = _source.Text[body - 1] == '\n';
        for (var i = _source.Text.IndexOf("{%", body, StringComparison.Ordinal); i >= 0; i = _source.Text.IndexOf("{%", i + 1, StringComparison.Ordinal))
        {
            _source.Index = i + 2;
            var begin = _source.Peek(0) is '-' or '+' ? _source.Current : '\0';
            if (begin != '\0')
                _source.Index++;
            if (!TagEnd.TryReadKeyword(_source, "endraw", out var end))
                continue;
            AddData(body, TextEnd(body, i, begin, isBlock: true));
            TagEnd.SkipAfter(_source, end, isBlock: true);
            return true;
        }
        throw ChatTemplateException.Syntax("Missing end of raw directive", _source.PositionAt(tag));
    }
}
