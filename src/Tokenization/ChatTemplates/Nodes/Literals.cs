using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Syntax;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Nodes;

internal sealed class ConstantNode(Value value, Position position) : Expression(position)
{
    public Value Value => value;

    protected override Value Compute(RenderContext context)
    {
        context.Enter(this);
        return value;
    }
}

internal sealed class ListNode(Expression[] items, Position position) : Expression(position)
{
    protected override Value Compute(RenderContext context)
    {
        context.Enter(this);
        return new ListValue(Array.ConvertAll(items, item => item.Evaluate(context)));
    }
}

internal sealed class TupleNode(Expression[] items, Position position) : Expression(position)
{
    public Expression[] Items => items;

    protected override Value Compute(RenderContext context)
    {
        context.Enter(this);
        return new TupleValue(Array.ConvertAll(items, item => item.Evaluate(context)));
    }
}

internal sealed class DictNode((Expression Key, Expression Value)[] entries, Position position) : Expression(position)
{
    protected override Value Compute(RenderContext context)
    {
        context.Enter(this);
        var dict = new DictValue(context);
        foreach (var (key, value) in entries)
            dict.Set(key.Evaluate(context), value.Evaluate(context));
        return dict;
    }
}
