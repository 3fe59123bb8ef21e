using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Nodes;

/// <summary>The arguments that a call, filter or test is written with.</summary>
internal sealed record ArgumentNodes(Expression[] Positional, (string Name, Expression Value)[] Named, Expression? Rest = null, Expression? NamedRest = null)
{
    public static ArgumentNodes None { get; } = new([], []);

    public Arguments Evaluate(RenderContext context)
    {
        if (this == None)
            return Arguments.None;
        var positional = new List<Value>(Positional.Length);
        foreach (var argument in Positional)
            positional.Add(argument.Evaluate(context));
        if (Rest is not null)
            positional.AddRange(context.Iterate(Rest.Evaluate(context)));
        var named = new List<KeyValuePair<string, Value>>(Named.Length);
        foreach (var (name, value) in Named)
            named.Add(new(name, value.Evaluate(context)));
        if (NamedRest is not null)
            AddNamedRest(NamedRest.Evaluate(context), named, context);
        return new Arguments(positional, named);
    }

    private static void AddNamedRest(Value rest, List<KeyValuePair<string, Value>> named, RenderContext context)
    {
        if (rest is not DictValue dict)
            throw ChatTemplateException.Runtime($"argument after ** must be a mapping, not {rest.TypeName}");
        foreach (var (key, value) in dict.Entries)
        {
            context.Budget.Step();
            if (key is not StringValue name)
                throw ChatTemplateException.Runtime("keywords must be strings");
            if (named.Exists(argument => argument.Key == name.Text))
                throw ChatTemplateException.Runtime($"got multiple values for keyword argument '{name.Text}'");
            named.Add(new(name.Text, value));
        }
    }
}
