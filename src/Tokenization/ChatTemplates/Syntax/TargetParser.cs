using Hone.Tokenization.ChatTemplates.Nodes;

namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>What assignments and loops write to: names, tuples of them, attributes of namespaces.</summary>
internal sealed class TargetParser(ParserState state, ExpressionParser expressions)
{
    private readonly TokenStream _stream = state.Stream;

    /// <param name="end">A name that ends the tuple, besides the end of the tag.</param>
    /// <param name="allowNamespace">Attributes of namespaces may be targets too.</param>
    public Target Parse(string? end = null, bool allowNamespace = false)
    {
        var position = _stream.Current.Position;
        var targets = new List<Target>();
        var isTuple = false;
        while (true)
        {
            if (targets.Count > 0)
                _stream.ExpectOperator(",");
            if (ExpressionParser.IsTupleEnd(_stream.Current, end))
                break;
            targets.Add(ParseOne(allowNamespace));
            if (!_stream.Current.IsOperator(","))
                break;
            isTuple = true;
        }
        if (!isTuple && targets.Count == 0)
            throw _stream.Fail($"Expected an expression, got '{_stream.Current.Description}'");
        return isTuple ? new TupleTarget([.. targets], position) : targets[0];
    }

    public string ParseName() => state.Intern(RequireAssignable(_stream.ExpectName()).Text);

    private Target ParseOne(bool allowNamespace)
    {
        if (allowNamespace && _stream.Current.Kind == TokenKind.Name && _stream.Ahead.IsOperator("."))
        {
            var owner = _stream.Next();
            _stream.Next();
            return new NamespaceTarget(new NameNode(state.Intern(owner.Text), owner.Position), _stream.ExpectName().Text, owner.Position);
        }
        return state.Nest(() => Convert(expressions.Primary.Parse()));
    }

    private Target Convert(Expression expression) => expression switch
    {
        NameNode name => new NameTarget(name.Name, name.Position),
        TupleNode tuple => new TupleTarget(Array.ConvertAll(tuple.Items, Convert), tuple.Position),
        ConstantNode constant => throw NotAssignable("const", constant.Position),
        _ => throw NotAssignable(expression.GetType().Name.Replace("Node", "", StringComparison.Ordinal).ToLowerInvariant(), expression.Position),
    };

    private static Token RequireAssignable(Token token) =>
        token.Text is "true" or "True" or "false" or "False" or "none" or "None" ? throw NotAssignable("name", token.Position) : token;

    private static ChatTemplateException NotAssignable(string kind, Position position) => ChatTemplateException.Syntax($"can't assign to '{kind}'", position);
}
