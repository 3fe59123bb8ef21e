using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Methods;

/// <summary>Methods of dictionaries that change nothing.</summary>
internal static class DictMethods
{
    private static readonly MethodTable<DictValue> s_methods = new(
        new("get", Parameters.Positional(1, 2), (_, self, arguments) => self.Find(arguments[0]!) ?? arguments[1] ?? NoneValue.Instance),
        new("keys", Parameters.None, (_, self, _) => new DictViewValue(self, "keys")),
        new("values", Parameters.None, (_, self, _) => new DictViewValue(self, "values")),
        new("items", Parameters.None, (_, self, _) => new DictViewValue(self, "items")),
        new("copy", Parameters.None, (_, self, _) => self),
        new("fromkeys", Parameters.Positional(1, 2), (context, _, arguments) => FromKeys(context, arguments)));

    public static Value? Find(DictValue self, string name) => s_methods.Find(self, name);

    public static DictValue FromKeys(RenderContext context, BoundArguments arguments)
    {
        var dict = new DictValue(context);
        foreach (var key in context.Iterate(arguments[0]!))
            dict.Set(key, arguments[1] ?? NoneValue.Instance);
        return dict;
    }
}
