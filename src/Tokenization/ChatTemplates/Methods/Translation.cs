using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Methods;

/// <summary>maketrans and translate: a table from code points to code points, texts or none.</summary>
internal static class Translation
{
    public static DictValue MakeTable(BoundArguments arguments, RenderContext context)
    {
        var table = new DictValue(context);
        if (!arguments.IsGiven(1))
        {
            if (arguments[0] is not DictValue given)
                throw ChatTemplateException.Runtime("if you give only one argument to maketrans it must be a dict");
            foreach (var (key, value) in given.Entries)
                table.Set(key is StringValue text ? CodePoint(text) : key, value);
            return table;
        }
        var (from, to) = (arguments.Text(0), arguments.Text(1));
        if (from.Length != to.Length)
            throw ChatTemplateException.Runtime("the first two maketrans arguments must have equal length");
        foreach (var (source, target) in context.Iterate(from).Zip(to.Iterate(context)))
            table.Set(CodePoint((StringValue)source), CodePoint((StringValue)target));
        foreach (var deleted in arguments.IsGiven(2) ? context.Iterate(arguments.Text(2)) : [])
            table.Set(CodePoint((StringValue)deleted), NoneValue.Instance);
        return table;
    }

    public static StringValue Apply(StringValue value, Value table, RenderContext context)
    {
        var output = new TextBuilder(context.Budget);
        foreach (var item in context.Iterate(value))
        {
            var character = (StringValue)item;
            switch (table.GetItem(CodePoint(character), context))
            {
                case null: output.Append(character); break;
                case NoneValue: break;
                case StringValue text: output.Append(text); break;
                case IntValue code when code.Number >= 0 && code.Number <= 0x10FFFF && (code.Number < 0xD800 || code.Number > 0xDFFF):
                    output.Append(char.ConvertFromUtf32((int)code.Number), character.Origin);
                    break;
                default: throw ChatTemplateException.Runtime("character mapping must return integer, None or str");
            }
        }
        return output.ToValue().AsMarkup(value.IsMarkup);
    }

    private static IntValue CodePoint(StringValue character) => character.Length == 1
        ? IntValue.Of(character.Text.Length == 2 ? char.ConvertToUtf32(character.Text, 0) : character.Text[0])
        : throw ChatTemplateException.Runtime("string keys in translate table must be of length 1");
}
