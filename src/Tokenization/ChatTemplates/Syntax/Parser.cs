using Hone.Tokenization.ChatTemplates.Nodes;

namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>Parses a template into statements.</summary>
internal sealed class Parser
{
    private readonly ParserState _state;
    private readonly TokenStream _stream;
    private readonly ExpressionParser _expressions;
    private readonly StatementParser _statements;
    private readonly Stack<string> _open = new();

    private Parser(TokenStream stream, ChatTemplateOptions options)
    {
        _stream = stream;
        _state = new ParserState(stream, options);
        _expressions = new ExpressionParser(_state);
        _statements = new StatementParser(_state, _expressions, this);
    }

    /// <summary>Blocks by name.</summary>
    public Dictionary<string, BlockNode> Blocks { get; } = [];

    public static (Statement Body, IReadOnlyDictionary<string, BlockNode> Blocks) Parse(string source, ChatTemplateOptions options)
    {
        var parser = new Parser(new TokenStream(Lexer.Tokenize(source)), options);
        var body = parser.ParseUntil([]);
        parser._state.ThrowUnknown();
        return (body, parser.Blocks);
    }

    /// <summary>The body of a tag, from the end of its head to one of the names in <paramref name="ends"/>, where the cursor then stands.</summary>
    public Statement ParseBody(string tag, params string[] ends)
    {
        _stream.SkipOperator(":");
        _stream.Expect(TokenKind.BlockEnd);
        _open.Push(tag);
        var body = _state.Nest(() => ParseUntil(ends));
        if (_stream.Current.Kind == TokenKind.End)
            throw _stream.Fail($"Unexpected end of template. {LookingFor(ends)}");
        _open.Pop();
        return body;
    }

    /// <summary>As <see cref="ParseBody"/>, and over its end.</summary>
    public Statement ParseWholeBody(string tag)
    {
        var body = ParseBody(tag, $"end{tag}");
        _stream.Next();
        return body;
    }

    private SequenceNode ParseUntil(string[] ends)
    {
        var position = _stream.Current.Position;
        var statements = new List<Statement>();
        while (_stream.Current.Kind != TokenKind.End)
        {
            var token = _stream.Next();
            switch (token.Kind)
            {
                case TokenKind.Data:
                    statements.Add(new DataNode(token.Text, token.Position));
                    break;
                case TokenKind.VariableBegin:
                    statements.Add(new PrintNode(_expressions.ParseTuple(), token.Position));
                    _stream.Expect(TokenKind.VariableEnd);
                    break;
                case TokenKind.BlockBegin:
                    if (_stream.Current.Kind == TokenKind.Name && ends.Contains(_stream.Current.Text))
                        return new SequenceNode([.. statements], position);
                    statements.Add(_statements.Parse() ?? throw UnknownTag(ends));
                    _stream.Expect(TokenKind.BlockEnd);
                    break;
                default:
                    throw ChatTemplateException.Syntax($"unexpected '{token.Description}'", token.Position);
            }
        }
        return new SequenceNode([.. statements], position);
    }

    private ChatTemplateException UnknownTag(string[] ends)
    {
        var message = $"Encountered unknown tag '{_stream.Current.Text}'.";
        return _stream.Fail(ends.Length == 0 ? message : $"{message} {LookingFor(ends)}");
    }

    private string LookingFor(string[] ends)
    {
        var names = string.Join(" or ", ends.Select(end => $"'{end}'"));
        return $"Jinja was looking for the following tags: {names}. The innermost block that needs to be closed is '{_open.Peek()}'.";
    }
}
