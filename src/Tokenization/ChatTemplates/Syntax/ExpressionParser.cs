using Hone.Tokenization.ChatTemplates.Nodes;
using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>Operators, from the loosest to the tightest. Source of the order: the reference engine, which differs from Python's (README of the goldens).</summary>
internal sealed class ExpressionParser
{
    private readonly ParserState _state;
    private readonly TokenStream _stream;
    private readonly PrimaryParser _primary;

    public ExpressionParser(ParserState state)
    {
        _state = state;
        _stream = state.Stream;
        _primary = new PrimaryParser(state, this);
    }

    public PrimaryParser Primary => _primary;

    public Expression Parse() => _state.Nest(ParseConditional);

    /// <summary>An expression without a conditional, as the heads of for and if take.</summary>
    public Expression ParseUnconditional() => _state.Nest(ParseOr);

    /// <summary>One expression, or several with commas between, which make a tuple.</summary>
    /// <param name="conditional">Each may be <c>a if b else c</c>.</param>
    /// <param name="end">A name that ends the tuple, besides the end of the tag and a closing bracket.</param>
    /// <param name="allowEmpty">Nothing at all is the empty tuple.</param>
    public Expression ParseTuple(bool conditional = true, string? end = null, bool allowEmpty = false)
    {
        var position = _stream.Current.Position;
        var items = new List<Expression>();
        var isTuple = false;
        while (true)
        {
            if (items.Count > 0)
                _stream.ExpectOperator(",");
            if (IsTupleEnd(_stream.Current, end))
                break;
            items.Add(conditional ? Parse() : ParseUnconditional());
            if (!_stream.Current.IsOperator(","))
                break;
            isTuple = true;
        }
        if (!isTuple && items.Count > 0)
            return items[0];
        if (!isTuple && !allowEmpty)
            throw _stream.Fail($"Expected an expression, got '{_stream.Current.Description}'");
        return new TupleNode([.. items], position);
    }

    public static bool IsTupleEnd(Token token, string? end) =>
        token.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd || token.IsOperator(")") || end is not null && token.IsName(end);

    private Expression ParseConditional()
    {
        var unknown = _state.UnknownCount;
        var value = ParseOr();
        while (_stream.Current.IsName("if"))
        {
            var position = _stream.Next().Position;
            _state.ForgetUnknown(unknown);
            var test = _state.Soft(ParseOr);
            var otherwise = _stream.SkipName("else") ? _state.Soft(Parse) : null;
            value = new ConditionNode(test, value, otherwise, position);
        }
        return value;
    }

    private Expression ParseOr()
    {
        var left = ParseAnd();
        while (_stream.Current.IsName("or"))
        {
            var position = _stream.Next().Position;
            left = new OrNode(left, ParseAnd(), position);
        }
        return left;
    }

    private Expression ParseAnd()
    {
        var left = ParseNot();
        while (_stream.Current.IsName("and"))
        {
            var position = _stream.Next().Position;
            left = new AndNode(left, ParseNot(), position);
        }
        return left;
    }

    private Expression ParseNot()
    {
        if (!_stream.Current.IsName("not"))
            return ParseComparison();
        var position = _stream.Next().Position;
        return new UnaryNode(value => BoolValue.Of(!value.IsTrue), _state.Nest(ParseNot), position);
    }

    private Expression ParseComparison()
    {
        var position = _stream.Current.Position;
        var first = ParseSum();
        var rest = new List<(BinaryOperator, Expression)>();
        while (TryReadComparison() is { } apply)
            rest.Add((apply, ParseSum()));
        return rest.Count == 0 ? first : new CompareNode(first, [.. rest], position);
    }

    private BinaryOperator? TryReadComparison()
    {
        if (_stream.Current.IsName("not") && _stream.Ahead.IsName("in"))
        {
            _stream.Next();
            _stream.Next();
            return Membership.NotIn;
        }
        if (_stream.SkipName("in"))
            return Membership.In;
        BinaryOperator? apply = _stream.Current is { Kind: TokenKind.Operator, Text: var text } ? text switch
        {
            "==" => Equality.Equal,
            "!=" => Equality.NotEqual,
            "<" => Ordering.Less,
            "<=" => Ordering.LessOrEqual,
            ">" => Ordering.Greater,
            ">=" => Ordering.GreaterOrEqual,
            _ => null,
        } : null;
        if (apply is not null)
            _stream.Next();
        return apply;
    }

    private Expression ParseSum() => ParseBinary(ParseConcat, text => text switch { "+" => Arithmetic.Add, "-" => Arithmetic.Subtract, _ => null });

    private Expression ParseConcat()
    {
        var position = _stream.Current.Position;
        var parts = new List<Expression> { ParseProduct() };
        while (_stream.SkipOperator("~"))
            parts.Add(ParseProduct());
        return parts.Count == 1 ? parts[0] : new ConcatNode([.. parts], position);
    }

    private Expression ParseProduct() => ParseBinary(ParsePower, text => text switch
    {
        "*" => Arithmetic.Multiply,
        "/" => Arithmetic.Divide,
        "//" => Arithmetic.FloorDivide,
        "%" => Arithmetic.Modulo,
        _ => null,
    });

    private Expression ParsePower() => ParseBinary(() => ParseUnary(withFilters: true), text => text == "**" ? Arithmetic.Power : null);

    /// <summary>Operators of one level, grouped from the left.</summary>
    private Expression ParseBinary(Func<Expression> parseOperand, Func<string, BinaryOperator?> find)
    {
        var left = parseOperand();
        while (_stream.Current is { Kind: TokenKind.Operator, Text: var text } && find(text) is { } apply)
        {
            var position = _stream.Next().Position;
            left = new BinaryNode(left, apply, parseOperand(), position);
        }
        return left;
    }

    private Expression ParseUnary(bool withFilters)
    {
        var position = _stream.Current.Position;
        var value = _stream.SkipOperator("-") ? new UnaryNode(Arithmetic.Negate, _state.Nest(() => ParseUnary(withFilters: false)), position)
            : _stream.SkipOperator("+") ? new UnaryNode(Arithmetic.Plus, _state.Nest(() => ParseUnary(withFilters: false)), position)
            : _primary.Parse();
        value = _primary.ParsePostfix(value);
        return withFilters ? _primary.ParseFiltersAndTests(value) : value;
    }
}
