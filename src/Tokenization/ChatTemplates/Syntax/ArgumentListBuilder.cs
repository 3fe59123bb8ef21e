using Hone.Tokenization.ChatTemplates.Nodes;

namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>The order in which a call's arguments may stand: positional, named, <c>*rest</c>, <c>**named rest</c>.</summary>
internal sealed class ArgumentListBuilder(TokenStream stream)
{
    private readonly List<Expression> _positional = [];
    private readonly List<(string Name, Expression Value)> _named = [];
    private Expression? _rest;
    private Expression? _namedRest;

    public bool IsEmpty => _positional.Count == 0 && _named.Count == 0 && _rest is null && _namedRest is null;

    public void Add(Func<Expression> parse)
    {
        Require(_rest is null && _namedRest is null && _named.Count == 0);
        _positional.Add(parse());
    }

    public void AddNamed(string name, Func<Expression> parse)
    {
        Require(_namedRest is null);
        if (_named.Exists(argument => argument.Name == name))
            throw stream.Fail($"keyword argument repeated: {name}");
        stream.ExpectOperator("=");
        _named.Add((name, parse()));
    }

    public void AddRest(Func<Expression> parse)
    {
        Require(_rest is null && _namedRest is null);
        _rest = parse();
    }

    public void AddNamedRest(Func<Expression> parse)
    {
        Require(_namedRest is null);
        _namedRest = parse();
    }

    public ArgumentNodes Build() => IsEmpty ? ArgumentNodes.None : new ArgumentNodes([.. _positional], [.. _named], _rest, _namedRest);

    private void Require(bool isInOrder)
    {
        if (!isInOrder)
            throw stream.Fail("invalid syntax for function call expression");
    }
}
