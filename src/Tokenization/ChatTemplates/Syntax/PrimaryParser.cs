using System.Globalization;
using System.Text;
using Hone.Tokenization.ChatTemplates.Filters;
using Hone.Tokenization.ChatTemplates.Nodes;
using Hone.Tokenization.ChatTemplates.Tests;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>Literals, names, brackets, and what is put behind them: attributes, subscripts, calls, filters and tests.</summary>
internal sealed class PrimaryParser(ParserState state, ExpressionParser expressions)
{
    private readonly TokenStream _stream = state.Stream;

    public Expression Parse()
    {
        var token = _stream.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                _stream.Next();
                return ParseName(token);
            case TokenKind.String:
                return new ConstantNode(new StringValue(ReadStrings()), token.Position);
            case TokenKind.Integer:
                _stream.Next();
                return new ConstantNode(new IntValue(NumberLiteral.ParseInteger(token.Text)), token.Position);
            case TokenKind.Float:
                _stream.Next();
                return new ConstantNode(new FloatValue(double.Parse(token.Text, CultureInfo.InvariantCulture)), token.Position);
            case TokenKind.Operator when token.Text == "(":
                _stream.Next();
                var tuple = expressions.ParseTuple(allowEmpty: true);
                _stream.ExpectOperator(")");
                return tuple;
            case TokenKind.Operator when token.Text == "[":
                return ParseList();
            case TokenKind.Operator when token.Text == "{":
                return ParseDict();
            default:
                throw _stream.Fail($"unexpected '{token.Description}'");
        }
    }

    public Expression ParsePostfix(Expression value)
    {
        while (true)
        {
            if (_stream.Current.IsOperator(".") || _stream.Current.IsOperator("["))
                value = ParseSubscript(value);
            else if (_stream.Current.IsOperator("("))
                value = ParseCall(value);
            else
                return value;
        }
    }

    public Expression ParseFiltersAndTests(Expression value)
    {
        while (true)
        {
            if (_stream.SkipOperator("|"))
                value = ParseFilter(value);
            else if (_stream.Current.IsName("is"))
                value = ParseTest(value);
            else if (_stream.Current.IsOperator("("))
                value = ParseCall(value);
            else
                return value;
        }
    }

    /// <summary>The filter whose name comes next, applied to <paramref name="value"/>.</summary>
    public Expression ParseFilter(Expression value)
    {
        var position = _stream.Current.Position;
        var name = ReadDottedName();
        var arguments = _stream.Current.IsOperator("(") ? ParseArguments() : ArgumentNodes.None;
        if (FilterTable.Find(name) is null)
            state.ReportUnknown("filter", name, position);
        return new FilterNode(value, name, arguments, position);
    }

    private Expression ParseName(Token token) => token.Text switch
    {
        "true" or "True" => new ConstantNode(BoolValue.True, token.Position),
        "false" or "False" => new ConstantNode(BoolValue.False, token.Position),
        "none" or "None" => new ConstantNode(NoneValue.Instance, token.Position),
        _ => Variable(token),
    };

    private NameNode Variable(Token token)
    {
        if (token.Text is "caller" or "kwargs" or "varargs")
            state.MacroNames.Add(token.Text);
        return new NameNode(state.Intern(token.Text), token.Position);
    }

    private string ReadStrings()
    {
        var text = new StringBuilder();
        while (_stream.Current.Kind == TokenKind.String)
            text.Append(_stream.Next().Text);
        return text.ToString();
    }

    private ListNode ParseList()
    {
        var position = _stream.ExpectOperator("[").Position;
        var items = new List<Expression>();
        while (!_stream.Current.IsOperator("]"))
        {
            if (items.Count > 0)
                _stream.ExpectOperator(",");
            if (_stream.Current.IsOperator("]"))
                break;
            items.Add(expressions.Parse());
        }
        _stream.ExpectOperator("]");
        return new ListNode([.. items], position);
    }

    private DictNode ParseDict()
    {
        var position = _stream.ExpectOperator("{").Position;
        var entries = new List<(Expression, Expression)>();
        while (!_stream.Current.IsOperator("}"))
        {
            if (entries.Count > 0)
                _stream.ExpectOperator(",");
            if (_stream.Current.IsOperator("}"))
                break;
            var key = expressions.Parse();
            _stream.ExpectOperator(":");
            entries.Add((key, expressions.Parse()));
        }
        _stream.ExpectOperator("}");
        return new DictNode([.. entries], position);
    }

    private Expression ParseSubscript(Expression owner)
    {
        var position = _stream.Current.Position;
        if (_stream.SkipOperator("."))
        {
            var token = _stream.Next();
            return token.Kind switch
            {
                TokenKind.Name => new AttributeNode(owner, token.Text, position),
                TokenKind.Integer => new ItemNode(owner, new ConstantNode(new IntValue(NumberLiteral.ParseInteger(token.Text)), token.Position), position),
                _ => throw ChatTemplateException.Syntax("expected name or number", token.Position),
            };
        }
        _stream.ExpectOperator("[");
        var keys = new List<Expression>();
        while (!_stream.Current.IsOperator("]"))
        {
            if (keys.Count > 0)
                _stream.ExpectOperator(",");
            keys.Add(ParseSubscriptPart());
        }
        _stream.ExpectOperator("]");
        return new ItemNode(owner, keys.Count == 1 ? keys[0] : new TupleNode([.. keys], position), position);
    }

    /// <summary>A key, or up to three parts of a slice, each of which may be missing.</summary>
    private Expression ParseSubscriptPart()
    {
        var position = _stream.Current.Position;
        var start = _stream.Current.IsOperator(":") ? null : expressions.Parse();
        if (!_stream.SkipOperator(":"))
            return start!;
        var stop = ParseSlicePart();
        var step = _stream.SkipOperator(":") ? ParseSlicePart() : null;
        return new SliceNode(start, stop, step, position);
    }

    private Expression? ParseSlicePart() =>
        _stream.Current.IsOperator(":") || _stream.Current.IsOperator("]") || _stream.Current.IsOperator(",") ? null : expressions.Parse();

    private CallNode ParseCall(Expression callee)
    {
        var position = _stream.Current.Position;
        return new CallNode(callee, ParseArguments(), position);
    }

    private ArgumentNodes ParseArguments()
    {
        _stream.ExpectOperator("(");
        var arguments = new ArgumentListBuilder(_stream);
        while (!_stream.Current.IsOperator(")"))
        {
            if (!arguments.IsEmpty)
            {
                _stream.ExpectOperator(",");
                if (_stream.Current.IsOperator(")"))
                    break;
            }
            if (_stream.SkipOperator("*"))
                arguments.AddRest(expressions.Parse);
            else if (_stream.SkipOperator("**"))
                arguments.AddNamedRest(expressions.Parse);
            else if (_stream.Current.Kind == TokenKind.Name && _stream.Ahead.IsOperator("="))
                arguments.AddNamed(_stream.Next().Text, expressions.Parse);
            else
                arguments.Add(expressions.Parse);
        }
        _stream.ExpectOperator(")");
        return arguments.Build();
    }

    private Expression ParseTest(Expression value)
    {
        var position = _stream.ExpectName("is").Position;
        var negated = _stream.SkipName("not");
        var namePosition = _stream.Current.Position;
        var name = ReadDottedName();
        var arguments = ParseTestArguments();
        if (TestTable.Find(name) is null)
            state.ReportUnknown("test", name, namePosition);
        Expression test = new TestNode(value, name, arguments, position);
        return negated ? new UnaryNode(result => BoolValue.Of(!result.IsTrue), test, position) : test;
    }

    /// <summary>A test takes arguments in brackets, or one operand without.</summary>
    private ArgumentNodes ParseTestArguments()
    {
        var next = _stream.Current;
        if (next.IsOperator("("))
            return ParseArguments();
        var begins = next.Kind is TokenKind.Name or TokenKind.String or TokenKind.Integer or TokenKind.Float || next.IsOperator("[") || next.IsOperator("{");
        if (!begins || next.IsName("else") || next.IsName("or") || next.IsName("and"))
            return ArgumentNodes.None;
        if (next.IsName("is"))
            throw _stream.Fail("You cannot chain multiple tests with is");
        return new ArgumentNodes([ParsePostfix(Parse())], []);
    }

    private string ReadDottedName()
    {
        var name = _stream.ExpectName().Text;
        while (_stream.SkipOperator("."))
            name += "." + _stream.ExpectName().Text;
        return name;
    }
}
