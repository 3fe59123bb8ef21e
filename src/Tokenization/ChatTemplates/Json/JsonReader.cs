using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Json;

/// <summary>Values of a request: what they print is the client's, not the template's.</summary>
internal static class JsonReader
{
    /// <summary>Python refuses to convert longer integers.</summary>
    private const int MaxDigits = 4300;

    public static Value Read(JsonElement element, RenderContext context)
    {
        Budget.EnsureStack();
        return element.ValueKind switch
        {
            JsonValueKind.Object => ReadObject(element, context),
            JsonValueKind.Array => new ListValue([.. element.EnumerateArray().Select(item => Read(item, context))], Origin.Request),
            JsonValueKind.String => ReadString(element),
            JsonValueKind.Number => ReadNumber(element.GetRawText()),
            JsonValueKind.True => BoolValue.FromRequest(true),
            JsonValueKind.False => BoolValue.FromRequest(false),
            JsonValueKind.Null => NoneValue.FromRequest,
            _ => throw new ChatTemplateException(ChatTemplateErrorKind.Input, "a JSON value is undefined"),
        };
    }

    private static DictValue ReadObject(JsonElement element, RenderContext context)
    {
        var dict = new DictValue(context, Origin.Request);
        foreach (var property in element.EnumerateObject())
            dict.Set(new StringValue(property.Name, Origin.Request), Read(property.Value, context));
        return dict;
    }

    private static StringValue ReadString(JsonElement element)
    {
        try
        {
            return new StringValue(element.GetString()!, Origin.Request);
        }
        catch (InvalidOperationException error)
        {
            throw new ChatTemplateException(ChatTemplateErrorKind.Input, $"a string is not valid Unicode: {error.Message}");
        }
    }

    private static Value ReadNumber(string text)
    {
        if (text.AsSpan().ContainsAny('.', 'e', 'E'))
            return new FloatValue(double.Parse(text, CultureInfo.InvariantCulture), Origin.Request);
        return text.Length <= MaxDigits ? new IntValue(BigInteger.Parse(text, CultureInfo.InvariantCulture), Origin.Request)
            : throw new ChatTemplateException(ChatTemplateErrorKind.Input, $"an integer of more than {MaxDigits} digits");
    }
}
