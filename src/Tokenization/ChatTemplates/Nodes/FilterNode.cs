using Hone.Tokenization.ChatTemplates.Filters;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Syntax;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Nodes;

internal sealed class FilterNode(Expression operand, string name, ArgumentNodes arguments, Position position) : Expression(position)
{
    private readonly Filter? _filter = FilterTable.Find(name);

    protected override Value Compute(RenderContext context) => Apply(operand.Evaluate(context), context);

    private Value Apply(Value value, RenderContext context)
    {
        var values = arguments.Evaluate(context);
        context.Enter(this);
        return (_filter ?? throw FilterTable.Unknown(name)).Apply(context, value, values);
    }
}
