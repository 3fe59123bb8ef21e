using Hone.Tokenization.ChatTemplates.Nodes;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Runtime;

/// <summary>A macro with the scope it was defined in; a call gives the text it writes.</summary>
internal sealed class MacroValue(MacroSignature macro, Scope closure) : Value
{
    public override string TypeName => "Macro";

    public override string Described => "jinja2.runtime.Macro object";

    public override bool IsCallable => true;

    private string Name => macro.Name is null ? "None" : $"'{macro.Name}'";

    public override Value? GetAttribute(string name) => name switch
    {
        "name" => macro.Name is null ? NoneValue.Instance : new StringValue(macro.Name),
        "arguments" => new TupleValue([.. macro.Parameters.Select(parameter => new StringValue(parameter.Name))]),
        "catch_kwargs" => BoolValue.Of(macro.UsesNamed),
        "catch_varargs" => BoolValue.Of(macro.UsesRest),
        "caller" => BoolValue.Of(macro.UsesCaller),
        _ => null,
    };

    public override Value Call(RenderContext context, Arguments arguments)
    {
        context.Budget.EnterCall();
        var scope = new Scope(closure);
        Bind(scope, arguments, context);
        var text = context.Capture(scope, macro.Body);
        context.Budget.LeaveCall();
        return text;
    }

    private void Bind(Scope scope, Arguments arguments, RenderContext context)
    {
        var parameters = macro.Parameters;
        var named = arguments.Named.ToList();
        if (macro.UsesCaller && !parameters.Any(parameter => parameter.Name == "caller"))
            scope.Set("caller", Take(named, "caller") ?? new UndefinedValue("No caller defined"));
        for (var i = 0; i < parameters.Length; i++)
        {
            var (name, value) = (parameters[i].Name, i < arguments.Positional.Count ? arguments.Positional[i] : Take(named, parameters[i].Name));
            scope.Set(name, value ?? Default(parameters[i], scope, context));
        }
        if (macro.UsesNamed)
            scope.Set("kwargs", ToDict(named, context));
        else if (named.Count > 0)
            throw Refuse(named);
        if (macro.UsesRest)
            scope.Set("varargs", new TupleValue([.. arguments.Positional.Skip(parameters.Length)]));
        else if (arguments.Positional.Count > parameters.Length)
            throw ChatTemplateException.Runtime($"macro {Name} takes not more than {parameters.Length} argument(s)");
    }

    private static Value Default((string Name, Expression? Default) parameter, Scope scope, RenderContext context) =>
        parameter.Default is null ? new UndefinedValue($"parameter '{parameter.Name}' was not provided") : context.EvaluateIn(scope, parameter.Default);

    private static Value? Take(List<KeyValuePair<string, Value>> named, string name)
    {
        var index = named.FindIndex(argument => argument.Key == name);
        if (index < 0)
            return null;
        var value = named[index].Value;
        named.RemoveAt(index);
        return value;
    }

    private static DictValue ToDict(List<KeyValuePair<string, Value>> named, RenderContext context)
    {
        var dict = new DictValue(context);
        foreach (var (name, value) in named)
            dict.Set(new StringValue(name), value);
        return dict;
    }

    private ChatTemplateException Refuse(List<KeyValuePair<string, Value>> named) => ChatTemplateException.Runtime(
        named.Exists(argument => argument.Key == "caller")
            ? $"macro {Name} was invoked with two values for the special caller argument. This is most likely a bug."
            : $"macro {Name} takes no keyword argument '{named[0].Key}'");
}
