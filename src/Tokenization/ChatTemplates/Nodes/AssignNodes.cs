using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Syntax;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Nodes;

/// <summary><c>{% set target = value %}</c>.</summary>
internal sealed class SetNode(Target target, Expression value, Position position) : Statement(position)
{
    public override Flow Execute(RenderContext context)
    {
        var result = value.Evaluate(context);
        context.Enter(this);
        target.Assign(result, context);
        return Flow.Next;
    }
}

/// <summary>A value that stands for the text of a block while filters are applied to it.</summary>
internal sealed class CapturedNode(Position position) : Expression(position)
{
    /// <summary>The captured text is a variable with a name that no template can spell.</summary>
    public const string Name = "captured text";

    protected override Value Compute(RenderContext context) => context.Scope.Find(Name)!;
}

/// <summary><c>{% set x | filter %}…{% endset %}</c> and <c>{% filter f %}…{% endfilter %}</c>: what to do with the text of a block.</summary>
internal sealed class CaptureNode(Target? target, Expression? filtered, Statement body, Position position) : Statement(position)
{
    public override Flow Execute(RenderContext context)
    {
        context.Enter(this);
        var scope = new Scope(context.Scope);
        var text = context.Capture(() => context.ExecuteIn(scope, body), out var flow);
        if (flow != Flow.Next)
            return flow;
        Value value = text;
        if (filtered is not null)
        {
            scope.Set(CapturedNode.Name, text);
            value = context.EvaluateIn(scope, filtered);
        }
        if (target is not null)
            target.Assign(value, context);
        else
            value.WriteText(context.Output);
        return Flow.Next;
    }
}

/// <summary><c>{% with a = 1, b = 2 %}</c>: the values are evaluated outside.</summary>
internal sealed class WithNode((Target Target, Expression Value)[] assignments, Statement body, Position position) : Statement(position)
{
    public override Flow Execute(RenderContext context)
    {
        context.Enter(this);
        var values = Array.ConvertAll(assignments, assignment => assignment.Value.Evaluate(context));
        var scope = new Scope(context.Scope);
        for (var i = 0; i < values.Length; i++)
            context.AssignIn(scope, assignments[i].Target, values[i]);
        return context.ExecuteIn(scope, body);
    }
}
