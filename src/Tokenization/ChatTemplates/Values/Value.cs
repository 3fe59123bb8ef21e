using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Values;

/// <summary>A value of the template language, with the visible behaviour of its Python counterpart.</summary>
internal abstract class Value
{
    /// <summary>Python's <c>type(x).__name__</c>.</summary>
    public abstract string TypeName { get; }

    /// <summary>Where characters that this value prints come from, as far as they are not a string's.</summary>
    public virtual Origin Origin => Origin.Template;

    /// <summary>How messages about missing attributes call it.</summary>
    public virtual string Described => $"{TypeName} object";

    public virtual bool IsTrue => true;

    /// <summary>Elements, or null if <c>len()</c> fails.</summary>
    public virtual int? Length => null;

    public virtual bool IsIterable => false;

    public virtual bool IsCallable => false;

    public virtual bool IsHashable => true;

    /// <summary>Writes <c>str(x)</c>.</summary>
    public virtual void WriteText(TextBuilder output) => WriteRepr(output);

    /// <summary>Writes <c>repr(x)</c>.</summary>
    public virtual void WriteRepr(TextBuilder output) => output.Append($"<{TypeName} object>", Origin);

    /// <summary>The attribute or method, or null if there is none. Names that only Python's internals have are not asked for.</summary>
    public virtual Value? GetAttribute(string name) => null;

    /// <summary><c>x[key]</c>, or null where Python raises a TypeError or LookupError.</summary>
    public virtual Value? GetItem(Value key, RenderContext context) => null;

    public virtual IEnumerable<Value> Iterate(RenderContext context) =>
        throw ChatTemplateException.Runtime($"'{TypeName}' object is not iterable");

    public virtual Value Call(RenderContext context, Arguments arguments) =>
        throw ChatTemplateException.Runtime($"'{TypeName}' object is not callable");

    /// <summary><c>str(x)</c> as a value; a string is its own.</summary>
    public virtual StringValue ToText(RenderContext context)
    {
        var output = new TextBuilder(context.Budget);
        WriteText(output);
        return output.ToValue();
    }
}
