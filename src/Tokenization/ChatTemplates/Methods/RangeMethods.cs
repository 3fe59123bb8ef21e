using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Methods;

/// <summary>Attributes and methods of ranges.</summary>
internal static class RangeMethods
{
    private static readonly MethodTable<RangeValue> s_methods = new(
        new("count", Parameters.Positional(1, 1), (context, self, arguments) => IntValue.Of(PositionOf(self, arguments[0]!, context) < 0 ? 0 : 1)),
        new("index", Parameters.Positional(1, 1), (context, self, arguments) => PositionOf(self, arguments[0]!, context) is >= 0 and var position
            ? IntValue.Of(position) : throw ChatTemplateException.Runtime("value is not in range")));

    public static Value? Find(RangeValue self, string name) => name switch
    {
        "start" => IntValue.Of(self.Start),
        "stop" => IntValue.Of(self.Stop),
        "step" => IntValue.Of(self.Increment),
        _ => s_methods.Find(self, name),
    };

    private static int PositionOf(RangeValue range, Value value, RenderContext context)
    {
        var position = 0;
        foreach (var item in context.Iterate(range))
        {
            if (Equality.AreEqual(item, value, context.Budget))
                return position;
            position++;
        }
        return -1;
    }
}
