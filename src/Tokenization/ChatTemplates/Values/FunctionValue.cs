using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Values;

/// <summary>A built-in function, type or bound method.</summary>
internal sealed class FunctionValue(string name, Parameters parameters, Func<RenderContext, BoundArguments, Value> body, string typeName = "function") : Value
{
    public override string TypeName => typeName;

    public override bool IsCallable => true;

    public override string Described => DescribedAs ?? base.Described;

    public string? DescribedAs { get; init; }

    /// <summary>Attributes by name, such as <c>dict.fromkeys</c>.</summary>
    public Func<string, Value?>? Attributes { get; init; }

    public override Value? GetAttribute(string name) => Attributes?.Invoke(name);

    public override Value Call(RenderContext context, Arguments arguments) => body(context, parameters.Bind(name, arguments));

    public override void WriteRepr(TextBuilder output) => output.Append($"<{typeName} {name}>");
}
