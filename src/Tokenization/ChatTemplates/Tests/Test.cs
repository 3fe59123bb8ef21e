using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Tests;

internal delegate bool TestBody(RenderContext context, Value value, BoundArguments arguments);

/// <summary>A test: <c>value is name(arguments)</c>.</summary>
internal sealed record Test(string Name, Parameters Parameters, TestBody Body)
{
    public BoolValue Apply(RenderContext context, Value value, Arguments arguments) => BoolValue.Of(Body(context, value, Parameters.Bind(Name, arguments)));
}
