using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Methods;

/// <summary>Methods of lists and tuples.</summary>
internal static class SequenceMethods
{
    private static readonly MethodTable<SequenceValue> s_methods = new(
        new("count", Parameters.Positional(1, 1), (context, self, arguments) =>
            IntValue.Of(context.Iterate(self).Count(item => Equality.AreEqual(item, arguments[0]!, context.Budget)))),
        new("index", Parameters.Positional(1, 3), Index),
        new("copy", Parameters.None, (_, self, _) => self));

    public static Value? Find(SequenceValue self, string name) => self is TupleValue && name == "copy" ? null : s_methods.Find(self, name);

    private static IntValue Index(RenderContext context, SequenceValue self, BoundArguments arguments)
    {
        var length = self.Items.Length;
        var end = Bound(arguments, 2, length, length);
        for (var i = Bound(arguments, 1, 0, length); i < end; i++)
        {
            context.Budget.Step();
            if (Equality.AreEqual(self.Items[i], arguments[0]!, context.Budget))
                return IntValue.Of(i);
        }
        var output = new TextBuilder(context.Budget);
        arguments[0]!.WriteRepr(output);
        throw ChatTemplateException.Runtime(self is TupleValue ? "tuple.index(x): x not in tuple" : $"{output.ToValue().Text} is not in list");
    }

    private static int Bound(BoundArguments arguments, int index, int absent, int length)
    {
        var bound = arguments.Int(index, absent);
        return Math.Clamp(bound < 0 ? bound + length : bound, 0, length);
    }
}
