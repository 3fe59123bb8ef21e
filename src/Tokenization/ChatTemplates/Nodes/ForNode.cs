using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Syntax;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Nodes;

/// <summary><c>{% for target in items if test recursive %}…{% else %}…{% endfor %}</c>.</summary>
internal sealed class ForNode(Target target, Expression items, Expression? test, bool recursive, Statement body, Statement? otherwise, Position position)
    : Statement(position)
{
    public override Flow Execute(RenderContext context)
    {
        context.Enter(this);
        return Run(items.Evaluate(context), 1, context.Scope, context);
    }

    private Flow Run(Value value, int depth, Scope outer, RenderContext context)
    {
        var scope = new Scope(outer);
        var values = context.Iterate(value);
        var loop = new LoopValue(test is null ? values : Select(values, outer, context), test is null ? value.Length : null, depth)
        {
            Recurse = recursive ? nested => Recurse(nested, depth, outer, context) : null,
        };
        var iterated = false;
        while (loop.MoveNext())
        {
            iterated = true;
            scope.Clear();
            scope.Set("loop", loop);
            context.AssignIn(scope, target, loop.Current);
            if (context.ExecuteIn(scope, body) == Flow.Break)
                return Flow.Next;
        }
        return iterated || otherwise is null ? Flow.Next : context.ExecuteIn(new Scope(outer), otherwise);
    }

    /// <summary>The loop's filter, applied lazily: it sees what earlier iterations have done to namespaces.</summary>
    private IEnumerable<Value> Select(IEnumerable<Value> values, Scope outer, RenderContext context)
    {
        foreach (var value in values)
        {
            var scope = new Scope(outer);
            context.AssignIn(scope, target, value);
            if (context.EvaluateIn(scope, test!).IsTrue)
                yield return value;
        }
    }

    /// <summary><c>loop(items)</c>: the text of the same loop over other items.</summary>
    private StringValue Recurse(Value nested, int depth, Scope outer, RenderContext context)
    {
        context.Budget.EnterCall();
        var text = context.Capture(() => Run(nested, depth + 1, outer, context), out _);
        context.Budget.LeaveCall();
        return text;
    }
}
