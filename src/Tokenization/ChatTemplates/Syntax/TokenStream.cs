namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>A cursor over tokens; the last one is always <see cref="TokenKind.End"/>.</summary>
internal sealed class TokenStream(List<Token> tokens)
{
    private int _index;

    public Token Current => tokens[_index];

    public Token Ahead => tokens[Math.Min(_index + 1, tokens.Count - 1)];

    public Token Next()
    {
        var token = Current;
        if (_index < tokens.Count - 1)
            _index++;
        return token;
    }

    public bool SkipOperator(string text) => Current.IsOperator(text) && Skip();

    public bool SkipName(string text) => Current.IsName(text) && Skip();

    public Token ExpectOperator(string text) => Current.IsOperator(text) ? Next() : throw Unexpected(text);

    public Token ExpectName(string text) => Current.IsName(text) ? Next() : throw Unexpected(text);

    public Token ExpectName() => Expect(TokenKind.Name);

    public Token Expect(TokenKind kind) => Current.Kind == kind ? Next() : throw Unexpected(new Token(kind, kind.ToString().ToLowerInvariant(), default).Description);

    public ChatTemplateException Fail(string message) => ChatTemplateException.Syntax(message, Current.Position);

    private bool Skip()
    {
        Next();
        return true;
    }

    private ChatTemplateException Unexpected(string expected) => Current.Kind == TokenKind.End
        ? Fail($"unexpected end of template, expected {Text.PythonRepr.Of(expected)}.")
        : Fail($"expected token {Text.PythonRepr.Of(expected)}, got {Text.PythonRepr.Of(Current.Description)}");
}
