using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>Tokens between the delimiters of a tag.</summary>
internal sealed class ExpressionLexer(SourceText source, List<Token> tokens)
{
    private static readonly string[] s_operators =
        ["**", "//", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";"];

    private readonly Stack<char> _brackets = new();

    /// <summary>Reads up to and including the delimiter that <paramref name="end"/> names.</summary>
    public void Read(TokenKind end)
    {
        var delimiter = end == TokenKind.VariableEnd ? "}}" : "%}";
        _brackets.Clear();
        while (true)
        {
            source.SkipSpace();
            if (source.AtEnd)
                return; // the parser says what is missing
            var position = source.PositionAt(source.Index);
            if (_brackets.Count == 0 && TryReadEnd(delimiter, end, position))
                return;
            ReadToken(position);
        }
    }

    private bool TryReadEnd(string delimiter, TokenKind end, Position position)
    {
        var isBlock = end == TokenKind.BlockEnd;
        if (source.Current == '+' && !isBlock || !TagEnd.TryRead(source, delimiter, out var sign))
            return false;
        TagEnd.SkipAfter(source, sign, isBlock);
        tokens.Add(new Token(end, delimiter, position));
        return true;
    }

    private void ReadToken(Position position)
    {
        var c = source.Current;
        if (char.IsAsciiDigit(c))
            tokens.Add(NumberLiteral.Read(source, position, afterDot: source.Index > 0 && source.Text[source.Index - 1] == '.'));
        else if (PythonCharacter.IsIdentifierPart(c))
            ReadName(position);
        else if (c is '\'' or '"')
            tokens.Add(StringLiteral.Read(source, position));
        else
            ReadOperator(position);
    }

    private void ReadName(Position position)
    {
        var start = source.Index;
        while (!source.AtEnd && PythonCharacter.IsIdentifierPart(source.Current))
            source.Index++;
        tokens.Add(new Token(TokenKind.Name, source.Text[start..source.Index], position));
    }

    private void ReadOperator(Position position)
    {
        foreach (var text in s_operators)
        {
            if (!source.StartsWith(text))
                continue;
            Balance(text[0], position);
            source.Index += text.Length;
            tokens.Add(new Token(TokenKind.Operator, text, position));
            return;
        }
        throw ChatTemplateException.Syntax($"unexpected char {PythonRepr.Of(source.Current.ToString())} at {source.Index}", position);
    }

    private void Balance(char bracket, Position position)
    {
        switch (bracket)
        {
            case '(': _brackets.Push(')'); break;
            case '[': _brackets.Push(']'); break;
            case '{': _brackets.Push('}'); break;
            case ')' or ']' or '}':
                if (!_brackets.TryPop(out var expected))
                    throw ChatTemplateException.Syntax($"unexpected '{bracket}'", position);
                if (expected != bracket)
                    throw ChatTemplateException.Syntax($"unexpected '{bracket}', expected '{expected}'", position);
                break;
        }
    }
}
