namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>A token; <paramref name="Text"/> is the name, the operator, the decoded string, the digits or the literal text.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, Position Position)
{
    public bool IsOperator(string text) => Kind == TokenKind.Operator && Text == text;

    public bool IsName(string text) => Kind == TokenKind.Name && Text == text;

    /// <summary>How errors call the token.</summary>
    public string Description => Kind switch
    {
        TokenKind.Name or TokenKind.Operator => Text,
        TokenKind.VariableBegin => "begin of print statement",
        TokenKind.VariableEnd => "end of print statement",
        TokenKind.BlockBegin => "begin of statement block",
        TokenKind.BlockEnd => "end of statement block",
        TokenKind.Data => "template data / text",
        TokenKind.End => "end of template",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}
