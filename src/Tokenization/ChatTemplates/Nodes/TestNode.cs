using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Syntax;
using Hone.Tokenization.ChatTemplates.Tests;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Nodes;

internal sealed class TestNode(Expression operand, string name, ArgumentNodes arguments, Position position) : Expression(position)
{
    private readonly Test? _test = TestTable.Find(name);

    protected override Value Compute(RenderContext context)
    {
        var value = operand.Evaluate(context);
        var values = arguments.Evaluate(context);
        context.Enter(this);
        return (_test ?? throw TestTable.Unknown(name)).Apply(context, value, values);
    }
}
