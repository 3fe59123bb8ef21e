using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Syntax;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Nodes;

internal sealed class CallNode(Expression callee, ArgumentNodes arguments, Position position) : Expression(position)
{
    protected override Value Compute(RenderContext context) => Evaluate(context, caller: null);

    /// <summary>Calls with the body of a call block as a further argument <c>caller</c>.</summary>
    public Value Evaluate(RenderContext context, Value? caller)
    {
        var function = callee.Evaluate(context);
        if (function is UndefinedValue undefined)
        {
            context.At(this);
            throw undefined.Error;
        }
        var values = arguments.Evaluate(context);
        if (caller is not null)
            values = values with { Named = [.. values.Named, new("caller", caller)] };
        context.Enter(this);
        return function.Call(context, values);
    }
}
