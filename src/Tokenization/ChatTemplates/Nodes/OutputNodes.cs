using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Syntax;
using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Nodes;

/// <summary>Text of the template outside of tags.</summary>
internal sealed class DataNode(string text, Position position) : Statement(position)
{
    public override Flow Execute(RenderContext context)
    {
        context.Enter(this);
        context.Output.Append(text);
        return Flow.Next;
    }
}

/// <summary><c>{{ expression }}</c>.</summary>
internal sealed class PrintNode(Expression expression, Position position) : Statement(position)
{
    public override Flow Execute(RenderContext context)
    {
        var value = expression.Evaluate(context);
        context.Enter(this);
        value.WriteText(context.Output);
        return Flow.Next;
    }
}

/// <summary><c>{% generation %}</c>: marks what the assistant said.</summary>
internal sealed class GenerationNode(Statement body, Position position) : Statement(position)
{
    public override Flow Execute(RenderContext context)
    {
        context.Enter(this);
        var start = context.Output.Length;
        context.ExecuteIn(new Scope(context.Scope), body);
        context.Output.Mark(start, Origin.Generated);
        return Flow.Next;
    }
}
