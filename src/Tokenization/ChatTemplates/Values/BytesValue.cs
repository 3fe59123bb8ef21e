using System.Text;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Values;

/// <summary>What <c>encode</c> and <c>to_bytes</c> give; it can be printed and measured, nothing more.</summary>
internal sealed class BytesValue(byte[] bytes, Origin origin) : Value
{
    public override string TypeName => "bytes";

    public override Origin Origin => origin;

    public override bool IsTrue => bytes.Length > 0;

    public override int? Length => bytes.Length;

    public override bool IsIterable => true;

    public static BytesValue Encode(StringValue text, BoundArguments arguments)
    {
        var encoding = arguments[0] is null ? "utf-8" : arguments.Text(0).Text.ToLowerInvariant().Replace('_', '-');
        return encoding is "utf-8" or "utf8" ? new BytesValue(Encoding.UTF8.GetBytes(text.Text), text.Origin)
            : throw ChatTemplateException.Unsupported($"the encoding '{encoding}' is not supported, only utf-8");
    }

    public override IEnumerable<Value> Iterate(RenderContext context) => bytes.Select(b => IntValue.Of(b));

    public override void WriteRepr(TextBuilder output)
    {
        var quote = bytes.Contains((byte)'\'') && !bytes.Contains((byte)'"') ? '"' : '\'';
        output.Append("b", origin).Append(quote, origin);
        foreach (var b in bytes)
            output.Append(Escape((char)b, quote), origin);
        output.Append(quote, origin);
    }

    private static string Escape(char c, char quote) => c switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        _ when c == quote || c == '\\' => $"\\{c}",
        >= ' ' and <= '~' => c.ToString(),
        _ => $"\\x{(int)c:x2}",
    };
}
