using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Functions;

/// <summary>The variable <c>self</c>: the template's blocks, as functions that give their text.</summary>
internal sealed class BlocksValue(RenderContext context) : Value
{
    public override string TypeName => "TemplateReference";

    public override string Described => "jinja2.runtime.TemplateReference object";

    public override Value? GetAttribute(string name) => context.Blocks.TryGetValue(name, out var block)
        ? new FunctionValue(name, Parameters.None, (_, _) =>
        {
            context.Budget.EnterCall();
            var text = context.Capture(new Scope(context.Globals), block.Body);
            context.Budget.LeaveCall();
            return text;
        }, "BlockReference")
        : null;
}
