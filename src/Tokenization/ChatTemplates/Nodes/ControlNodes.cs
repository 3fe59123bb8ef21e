using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Syntax;

namespace Hone.Tokenization.ChatTemplates.Nodes;

internal sealed class SequenceNode(Statement[] statements, Position position) : Statement(position)
{
    public Statement[] Statements => statements;

    public override Flow Execute(RenderContext context)
    {
        foreach (var statement in statements)
        {
            var flow = statement.Execute(context);
            if (flow != Flow.Next)
                return flow;
        }
        return Flow.Next;
    }
}

internal sealed class IfNode((Expression Test, Statement Body)[] branches, Statement? otherwise, Position position) : Statement(position)
{
    public override Flow Execute(RenderContext context)
    {
        context.Enter(this);
        foreach (var (test, body) in branches)
        {
            if (test.Evaluate(context).IsTrue)
                return body.Execute(context);
        }
        return otherwise?.Execute(context) ?? Flow.Next;
    }
}

/// <summary><c>{% break %}</c> and <c>{% continue %}</c>.</summary>
internal sealed class JumpNode(Flow flow, Position position) : Statement(position)
{
    public override Flow Execute(RenderContext context)
    {
        context.Enter(this);
        return flow;
    }
}
