using System.Collections.Frozen;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Methods;

/// <summary>A method of a built-in type.</summary>
internal sealed record Method<T>(string Name, Parameters Parameters, Func<RenderContext, T, BoundArguments, Value> Body) where T : Value;

/// <summary>The methods of a built-in type by name.</summary>
internal sealed class MethodTable<T>(params Method<T>[] methods) where T : Value
{
    private readonly FrozenDictionary<string, Method<T>> _methods = methods.ToFrozenDictionary(method => method.Name);

    /// <summary>The method bound to <paramref name="self"/>, or null if the type has none of that name.</summary>
    public FunctionValue? Find(T self, string name) => _methods.TryGetValue(name, out var method)
        ? new FunctionValue(method.Name, method.Parameters, (context, arguments) => method.Body(context, self, arguments), "builtin_function_or_method")
        : null;
}
