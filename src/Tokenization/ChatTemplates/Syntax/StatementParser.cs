using Hone.Tokenization.ChatTemplates.Nodes;
using Hone.Tokenization.ChatTemplates.Runtime;

namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>Tags.</summary>
internal sealed class StatementParser(ParserState state, ExpressionParser expressions, Parser parser)
{
    private readonly TokenStream _stream = state.Stream;
    private readonly TargetParser _targets = new(state, expressions);
    private readonly MacroParser _macros = new(state, expressions, parser);

    /// <summary>The tag whose name comes next, up to its end; null if there is no such tag.</summary>
    public Statement? Parse()
    {
        var token = _stream.Current;
        if (token.Kind != TokenKind.Name)
            throw _stream.Fail("tag name expected");
        return token.Text switch
        {
            "for" => ParseFor(),
            "if" => ParseIf(),
            "set" => ParseSet(),
            "with" => ParseWith(),
            "print" => ParsePrint(),
            "macro" => _macros.ParseMacro(),
            "call" => _macros.ParseCallBlock(),
            "filter" => ParseFilterBlock(),
            "block" => _macros.ParseBlock(),
            "generation" => ParseGeneration(),
            "break" => ParseJump(Flow.Break),
            "continue" => ParseJump(Flow.Continue),
            "include" or "import" or "from" or "extends" => ParseLoad(),
            "autoescape" => throw new ChatTemplateException(ChatTemplateErrorKind.Unsupported,
                "the tag autoescape is not supported: chat templates are plain text", token.Position.Line, token.Position.Column),
            _ => null,
        };
    }

    private ForNode ParseFor()
    {
        var position = _stream.Next().Position;
        var target = _targets.Parse(end: "in");
        _stream.ExpectName("in");
        var items = expressions.ParseTuple(conditional: false, end: "recursive");
        var test = _stream.SkipName("if") ? state.Inner(expressions.Parse) : null;
        var recursive = _stream.SkipName("recursive");
        state.LoopDepth++;
        var body = state.Inner(() => parser.ParseBody("for", "endfor", "else"));
        state.LoopDepth--;
        var otherwise = _stream.Next().Text == "else" ? state.Inner(() => parser.ParseWholeBody("for")) : null;
        return new ForNode(target, items, test, recursive, body, otherwise, position);
    }

    private IfNode ParseIf()
    {
        var position = _stream.Current.Position;
        var branches = new List<(Expression, Statement)>();
        Statement? otherwise = null;
        do
        {
            _stream.Next();
            var test = state.Soft(() => expressions.ParseTuple(conditional: false));
            branches.Add((test, state.Soft(() => parser.ParseBody("if", "elif", "else", "endif"))));
        }
        while (_stream.Current.IsName("elif"));
        if (_stream.Next().Text == "else")
            otherwise = state.Soft(() => parser.ParseWholeBody("if"));
        return new IfNode([.. branches], otherwise, position);
    }

    private Statement ParseSet()
    {
        var position = _stream.Next().Position;
        var target = _targets.Parse(allowNamespace: true);
        if (_stream.SkipOperator("="))
            return new SetNode(target, expressions.ParseTuple(), position);
        Expression? filtered = null;
        while (_stream.SkipOperator("|"))
            filtered = expressions.Primary.ParseFilter(filtered ?? new CapturedNode(position));
        return new CaptureNode(target, filtered, state.Inner(() => parser.ParseWholeBody("set")), position);
    }

    private CaptureNode ParseFilterBlock()
    {
        var position = _stream.Next().Position;
        var filtered = expressions.Primary.ParseFilter(new CapturedNode(position));
        while (_stream.SkipOperator("|"))
            filtered = expressions.Primary.ParseFilter(filtered);
        return new CaptureNode(target: null, filtered, state.Inner(() => parser.ParseWholeBody("filter")), position);
    }

    private WithNode ParseWith()
    {
        var position = _stream.Next().Position;
        var assignments = new List<(Target, Expression)>();
        while (_stream.Current.Kind != TokenKind.BlockEnd)
        {
            if (assignments.Count > 0)
                _stream.ExpectOperator(",");
            var target = _targets.Parse();
            _stream.ExpectOperator("=");
            assignments.Add((target, expressions.Parse()));
        }
        return new WithNode([.. assignments], state.Inner(() => parser.ParseWholeBody("with")), position);
    }

    private SequenceNode ParsePrint()
    {
        var position = _stream.Next().Position;
        var prints = new List<Statement>();
        while (_stream.Current.Kind != TokenKind.BlockEnd)
        {
            if (prints.Count > 0)
                _stream.ExpectOperator(",");
            prints.Add(new PrintNode(expressions.Parse(), position));
        }
        return new SequenceNode([.. prints], position);
    }

    private GenerationNode ParseGeneration()
    {
        var position = _stream.Next().Position;
        return new GenerationNode(_macros.ParseFunctionBody("generation"), position);
    }

    private JumpNode ParseJump(Flow flow)
    {
        if (state.LoopDepth == 0)
            throw _stream.Fail(flow == Flow.Break ? "'break' outside loop" : "'continue' not properly in loop");
        return new JumpNode(flow, _stream.Next().Position);
    }

    private LoadNode ParseLoad()
    {
        var position = _stream.Next().Position;
        while (_stream.Current.Kind is not (TokenKind.BlockEnd or TokenKind.End))
            _stream.Next();
        return new LoadNode(position);
    }
}
