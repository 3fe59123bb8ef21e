using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Syntax;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Nodes;

internal sealed class NameNode(string name, Position position) : Expression(position)
{
    public string Name => name;

    protected override Value Compute(RenderContext context)
    {
        context.Enter(this);
        return context.Scope.Find(name) ?? UndefinedValue.Variable(name);
    }
}
