using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Values;

/// <summary>A missing value: prints empty, is false, iterates as empty; anything else raises its error.</summary>
internal sealed class UndefinedValue(string message, ChatTemplateErrorKind kind = ChatTemplateErrorKind.Undefined) : Value
{
    public ChatTemplateException Error => new(kind, message);

    public override string TypeName => "Undefined";

    public override bool IsTrue => false;

    public override int? Length => 0;

    public override bool IsIterable => true;

    public override bool IsCallable => true; // the reference's class defines __call__, which raises

    public static UndefinedValue Variable(string name) => new($"{PythonRepr.Of(name)} is undefined");

    public static UndefinedValue Attribute(Value owner, string name) => new($"{PythonRepr.Of(owner.Described)} has no attribute {PythonRepr.Of(name)}");

    public static UndefinedValue Item(Value owner, Value key, RenderContext context)
    {
        if (key is StringValue name)
            return Attribute(owner, name.Text);
        var repr = new TextBuilder(context.Budget);
        key.WriteRepr(repr);
        return new UndefinedValue($"{owner.Described} has no element {repr.ToValue().Text}");
    }

    public static UndefinedValue Unsafe(Value owner, string name) =>
        new($"access to attribute {PythonRepr.Of(name)} of {PythonRepr.Of(owner.TypeName)} object is unsafe.", ChatTemplateErrorKind.Security);

    public override void WriteText(TextBuilder output)
    {
    }

    public override void WriteRepr(TextBuilder output) => output.Append("Undefined");

    public override Value? GetAttribute(string name) => throw Error;

    public override Value? GetItem(Value key, RenderContext context) => throw Error;

    public override IEnumerable<Value> Iterate(RenderContext context) => [];

    public override Value Call(RenderContext context, Arguments arguments) => throw Error;
}
