using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Syntax;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Nodes;

/// <summary>A node of the parsed template; it holds no state of a rendering.</summary>
internal abstract class Node(Position position)
{
    public Position Position => position;
}

internal abstract class Expression(Position position) : Node(position)
{
    public Value Evaluate(RenderContext context)
    {
        Budget.EnsureStack(); // a chain such as a + b + c … is as deep a tree as it is long
        return Compute(context);
    }

    protected abstract Value Compute(RenderContext context);
}

internal abstract class Statement(Position position) : Node(position)
{
    public abstract Flow Execute(RenderContext context);
}

/// <summary>What an assignment or a loop can write to.</summary>
internal abstract class Target(Position position) : Node(position)
{
    public abstract void Assign(Value value, RenderContext context);
}
