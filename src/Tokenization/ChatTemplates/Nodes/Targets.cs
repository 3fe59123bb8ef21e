using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Syntax;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Nodes;

internal sealed class NameTarget(string name, Position position) : Target(position)
{
    public string Name => name;

    public override void Assign(Value value, RenderContext context) => context.Scope.Set(name, value);
}

/// <summary><c>namespace.name</c>.</summary>
internal sealed class NamespaceTarget(NameNode owner, string attribute, Position position) : Target(position)
{
    public override void Assign(Value value, RenderContext context)
    {
        if (owner.Evaluate(context) is not NamespaceValue target)
            throw ChatTemplateException.Runtime("cannot assign attribute on non-namespace object");
        target.Set(attribute, value);
    }
}

/// <summary><c>a, (b, c)</c>: as many elements as targets.</summary>
internal sealed class TupleTarget(Target[] targets, Position position) : Target(position)
{
    public override void Assign(Value value, RenderContext context)
    {
        if (!value.IsIterable)
            throw ChatTemplateException.Runtime($"cannot unpack non-iterable {value.TypeName} object");
        var items = context.ToArray(value);
        if (items.Length < targets.Length)
            throw ChatTemplateException.Runtime($"not enough values to unpack (expected {targets.Length}, got {items.Length})");
        if (items.Length > targets.Length)
            throw ChatTemplateException.Runtime($"too many values to unpack (expected {targets.Length})");
        for (var i = 0; i < targets.Length; i++)
            targets[i].Assign(items[i], context);
    }
}
