using Hone.Tokenization.ChatTemplates.Nodes;

namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>Tags whose body is called: macro, call and block.</summary>
internal sealed class MacroParser(ParserState state, ExpressionParser expressions, Parser parser)
{
    private readonly TokenStream _stream = state.Stream;
    private readonly TargetParser _targets = new(state, expressions);

    public MacroNode ParseMacro()
    {
        var position = _stream.Next().Position;
        var name = _targets.ParseName();
        return new MacroNode(name, ParseMacroBody(name, ParseParameters(), "macro"), position);
    }

    public CallBlockNode ParseCallBlock()
    {
        var position = _stream.Next().Position;
        var parameters = _stream.Current.IsOperator("(") ? ParseParameters() : [];
        if (expressions.Parse() is not CallNode call)
            throw _stream.Fail("expected call");
        return new CallBlockNode(call, ParseMacroBody(null, parameters, "call"), position);
    }

    public BlockNode ParseBlock()
    {
        var position = _stream.Next().Position;
        var name = _stream.ExpectName().Text;
        var scoped = _stream.SkipName("scoped");
        var required = _stream.SkipName("required");
        if (parser.Blocks.ContainsKey(name))
            throw ChatTemplateException.Syntax($"block '{name}' defined twice", position);
        parser.Blocks[name] = new BlockNode(name, scoped, required, new SequenceNode([], position), position); // so that an inner block of that name is seen
        var body = ParseFunctionBody("block");
        _stream.SkipName(name);
        return parser.Blocks[name] = new BlockNode(name, scoped, required, body, position);
    }

    /// <summary>A body that is a function of its own: loops outside cannot be left from it.</summary>
    public Statement ParseFunctionBody(string tag)
    {
        var loops = state.LoopDepth;
        state.LoopDepth = 0;
        var body = state.Inner(() => parser.ParseWholeBody(tag));
        state.LoopDepth = loops;
        return body;
    }

    private MacroSignature ParseMacroBody(string? name, (string Name, Expression? Default)[] parameters, string tag)
    {
        var outer = state.MacroNames;
        state.MacroNames = [];
        var body = ParseFunctionBody(tag);
        var used = state.MacroNames;
        outer.UnionWith(used);
        state.MacroNames = outer;
        if (used.Contains("caller") && parameters.Any(parameter => parameter is { Name: "caller", Default: null }))
            throw _stream.Fail("When defining macros or call blocks the special \"caller\" argument must be omitted or be given a default.");
        bool Takes(string special) => used.Contains(special) && !parameters.Any(parameter => parameter.Name == special);
        return new MacroSignature(name, parameters, body, used.Contains("caller"), Takes("kwargs"), Takes("varargs"));
    }

    private (string Name, Expression? Default)[] ParseParameters()
    {
        _stream.ExpectOperator("(");
        var parameters = new List<(string Name, Expression? Default)>();
        while (!_stream.Current.IsOperator(")"))
        {
            if (parameters.Count > 0)
                _stream.ExpectOperator(",");
            var name = _targets.ParseName();
            if (_stream.SkipOperator("="))
                parameters.Add((name, expressions.Parse()));
            else if (parameters.Count > 0 && parameters[^1].Default is not null)
                throw _stream.Fail("non-default argument follows default argument");
            else
                parameters.Add((name, null));
        }
        _stream.ExpectOperator(")");
        return [.. parameters];
    }
}
