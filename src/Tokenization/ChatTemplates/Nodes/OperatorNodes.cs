using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Syntax;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Nodes;

internal delegate Value BinaryOperator(Value left, Value right, RenderContext context);

internal sealed class BinaryNode(Expression left, BinaryOperator apply, Expression right, Position position) : Expression(position)
{
    protected override Value Compute(RenderContext context)
    {
        var a = left.Evaluate(context);
        var b = right.Evaluate(context);
        context.Enter(this);
        return apply(a, b, context);
    }
}

internal sealed class UnaryNode(Func<Value, Value> apply, Expression operand, Position position) : Expression(position)
{
    protected override Value Compute(RenderContext context)
    {
        var value = operand.Evaluate(context);
        context.Enter(this);
        return apply(value);
    }
}

internal sealed class AndNode(Expression left, Expression right, Position position) : Expression(position)
{
    protected override Value Compute(RenderContext context)
    {
        var value = left.Evaluate(context);
        return value.IsTrue ? right.Evaluate(context) : value;
    }
}

internal sealed class OrNode(Expression left, Expression right, Position position) : Expression(position)
{
    protected override Value Compute(RenderContext context)
    {
        var value = left.Evaluate(context);
        return value.IsTrue ? value : right.Evaluate(context);
    }
}

/// <summary><c>a ~ b ~ c</c>: the texts of all, joined.</summary>
internal sealed class ConcatNode(Expression[] parts, Position position) : Expression(position)
{
    protected override Value Compute(RenderContext context)
    {
        context.Enter(this);
        var output = new TextBuilder(context.Budget);
        foreach (var part in parts)
            part.Evaluate(context).WriteText(output);
        return output.ToValue();
    }
}

/// <summary><c>a &lt; b &lt; c</c>: each neighbouring pair must hold; what is behind a false one is not evaluated.</summary>
internal sealed class CompareNode(Expression first, (BinaryOperator Apply, Expression Operand)[] rest, Position position) : Expression(position)
{
    protected override Value Compute(RenderContext context)
    {
        var left = first.Evaluate(context);
        Value result = BoolValue.True;
        foreach (var (apply, operand) in rest)
        {
            var right = operand.Evaluate(context);
            context.Enter(this);
            result = apply(left, right, context);
            if (!result.IsTrue)
                break;
            left = right;
        }
        return result;
    }
}

/// <summary><c>a if test else b</c>; without an else, undefined.</summary>
internal sealed class ConditionNode(Expression test, Expression then, Expression? otherwise, Position position) : Expression(position)
{
    protected override Value Compute(RenderContext context)
    {
        context.Enter(this);
        if (test.Evaluate(context).IsTrue)
            return then.Evaluate(context);
        return otherwise?.Evaluate(context)
            ?? new UndefinedValue("the inline if-expression evaluated to false and no else section was defined.");
    }
}
