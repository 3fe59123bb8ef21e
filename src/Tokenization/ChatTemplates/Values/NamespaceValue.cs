using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Values;

/// <summary>The one value that a template can assign attributes of.</summary>
internal sealed class NamespaceValue : Value
{
    private readonly Dictionary<string, Value> _attributes = [];

    public override string TypeName => "TemplateNamespace";

    public override string Described => "transformers.utils.chat_template_utils.TemplateNamespace object";

    public void Set(string name, Value value)
    {
        if (name.StartsWith('_'))
        {
            throw new ChatTemplateException(ChatTemplateErrorKind.Security,
                $"Chat templates cannot store underscore-prefixed attributes on a namespace, but got {PythonRepr.Of(name)}. Please rename the attribute.");
        }
        _attributes[name] = value;
    }

    public override Value? GetAttribute(string name) => _attributes.GetValueOrDefault(name);

    public override void WriteRepr(TextBuilder output)
    {
        Runtime.Budget.EnsureStack();
        output.Append("<Namespace {");
        var first = true;
        foreach (var (name, value) in _attributes)
        {
            output.Budget.Step();
            output.Append(first ? PythonRepr.Of(name) : $", {PythonRepr.Of(name)}").Append(": ");
            value.WriteRepr(output);
            first = false;
        }
        output.Append("}>");
    }
}
