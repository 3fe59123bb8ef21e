using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Syntax;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Nodes;

/// <summary><c>x.name</c>: the attribute, else the item.</summary>
internal sealed class AttributeNode(Expression owner, string name, Position position) : Expression(position)
{
    private readonly StringValue _key = new(name);

    public Expression Owner => owner;

    public string Name => name;

    protected override Value Compute(RenderContext context)
    {
        var value = owner.Evaluate(context);
        context.Enter(this);
        return Access.Attribute(value, _key, context);
    }
}

/// <summary><c>x[key]</c>: the item, else the attribute.</summary>
internal sealed class ItemNode(Expression owner, Expression key, Position position) : Expression(position)
{
    protected override Value Compute(RenderContext context)
    {
        var value = owner.Evaluate(context);
        var index = key.Evaluate(context);
        context.Enter(this);
        return Access.Item(value, index, context);
    }
}

/// <summary><c>x[start:stop:step]</c>.</summary>
internal sealed class SliceNode(Expression? start, Expression? stop, Expression? step, Position position) : Expression(position)
{
    protected override Value Compute(RenderContext context)
    {
        context.Enter(this);
        return new SliceValue(start?.Evaluate(context), stop?.Evaluate(context), step?.Evaluate(context));
    }
}
