using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Syntax;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Nodes;

/// <summary>The parameters and body of a macro or call block.</summary>
/// <param name="Name">Null for the body of a call block.</param>
/// <param name="UsesCaller">The body mentions <c>caller</c>, so it may be given.</param>
/// <param name="UsesNamed">The body mentions <c>kwargs</c>.</param>
/// <param name="UsesRest">The body mentions <c>varargs</c>.</param>
internal sealed record MacroSignature(string? Name, (string Name, Expression? Default)[] Parameters, Statement Body, bool UsesCaller, bool UsesNamed, bool UsesRest);

internal sealed class MacroNode(string name, MacroSignature macro, Position position) : Statement(position)
{
    public override Flow Execute(RenderContext context)
    {
        context.Enter(this);
        context.Scope.Set(name, new MacroValue(macro, context.Scope));
        return Flow.Next;
    }
}

/// <summary><c>{% call(parameters) macro() %}…{% endcall %}</c>: the body is what the macro calls as <c>caller</c>.</summary>
internal sealed class CallBlockNode(CallNode call, MacroSignature body, Position position) : Statement(position)
{
    public override Flow Execute(RenderContext context)
    {
        var result = call.Evaluate(context, new MacroValue(body, context.Scope));
        context.Enter(this);
        result.WriteText(context.Output);
        return Flow.Next;
    }
}

/// <summary><c>{% block name %}</c>: written where it stands, and again by <c>self.name()</c>.</summary>
internal sealed class BlockNode(string name, bool scoped, bool required, Statement body, Position position) : Statement(position)
{
    public string Name => name;

    public Statement Body => body;

    public override Flow Execute(RenderContext context)
    {
        context.Enter(this);
        if (required)
            throw ChatTemplateException.Runtime($"Required block '{name}' not found");
        context.ExecuteIn(new Scope(scoped ? context.Scope : context.Globals), body);
        return Flow.Next;
    }
}

/// <summary>include, import, from and extends: a chat template stands alone.</summary>
internal sealed class LoadNode(Position position) : Statement(position)
{
    public override Flow Execute(RenderContext context)
    {
        context.Enter(this);
        throw ChatTemplateException.Runtime("no loader for this environment specified");
    }
}
