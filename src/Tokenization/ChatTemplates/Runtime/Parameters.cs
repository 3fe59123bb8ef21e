using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Runtime;

/// <summary>What a built-in accepts. Names are the reference's, so that they work as keywords.</summary>
internal sealed class Parameters
{
    private readonly string[] _names;
    private readonly int _required;
    private readonly bool _any;
    private readonly bool _positionalOnly;

    private Parameters(string[] names, int required, bool any = false, bool positionalOnly = false) =>
        (_names, _required, _any, _positionalOnly) = (names, required, any, positionalOnly);

    public static Parameters None { get; } = new([], 0);

    /// <summary>Any arguments; the built-in looks at them itself.</summary>
    public static Parameters Any { get; } = new([], 0, any: true);

    /// <summary>Parameters that may also be given by name; the first <paramref name="required"/> must be given.</summary>
    public static Parameters Of(int required, params string[] names) => new(names, required);

    /// <summary>Between <paramref name="required"/> and <paramref name="max"/> arguments, by position only.</summary>
    public static Parameters Positional(int required, int max) => new(new string[max], required, positionalOnly: true);

    public BoundArguments Bind(string callee, Arguments arguments)
    {
        if (_any)
            return new BoundArguments([], arguments);
        if (arguments.Positional.Count > _names.Length)
            throw ChatTemplateException.Runtime($"{callee}() takes {_names.Length} arguments but {arguments.Positional.Count} were given");
        var values = new Value?[_names.Length];
        for (var i = 0; i < arguments.Positional.Count; i++)
            values[i] = arguments.Positional[i];
        foreach (var (name, value) in arguments.Named)
        {
            var index = _positionalOnly ? -1 : Array.IndexOf(_names, name);
            if (index < 0)
                throw ChatTemplateException.Runtime($"{callee}() got an unexpected keyword argument '{name}'");
            if (values[index] is not null)
                throw ChatTemplateException.Runtime($"{callee}() got multiple values for argument '{name}'");
            values[index] = value;
        }
        for (var i = 0; i < _required; i++)
        {
            if (values[i] is null)
                throw ChatTemplateException.Runtime($"{callee}() missing required argument {i + 1}{(_positionalOnly ? "" : $": '{_names[i]}'")}");
        }
        return new BoundArguments(values, arguments);
    }
}
