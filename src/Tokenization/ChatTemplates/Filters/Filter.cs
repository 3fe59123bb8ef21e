using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Filters;

internal delegate Value FilterBody(RenderContext context, Value value, BoundArguments arguments);

/// <summary>A filter: <c>value | name(arguments)</c>.</summary>
internal sealed record Filter(string Name, Parameters Parameters, FilterBody Body)
{
    public Value Apply(RenderContext context, Value value, Arguments arguments) => Body(context, value, Parameters.Bind(Name, arguments));
}
