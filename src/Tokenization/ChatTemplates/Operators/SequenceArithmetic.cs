using System.Numerics;
using Hone.Tokenization.ChatTemplates.Filters;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Operators;

/// <summary><c>+</c> and <c>*</c> of strings, lists and tuples.</summary>
internal static class SequenceArithmetic
{
    public static Value Add(Value left, Value right, RenderContext context) => (left, right) switch
    {
        (UndefinedValue undefined, _) => throw undefined.Error,
        (_, UndefinedValue undefined) => throw undefined.Error,
        (StringValue a, StringValue b) => Concat(a, b, context),
        (ListValue or TupleValue, ListValue or TupleValue) when left is ListValue == right is ListValue =>
            Concat((SequenceValue)left, (SequenceValue)right, context),
        (StringValue or SequenceValue, _) => throw ChatTemplateException.Runtime(
            $"can only concatenate {left.TypeName} (not \"{right.TypeName}\") to {left.TypeName}"),
        _ => throw Arithmetic.Unsupported("+", left, right),
    };

    public static Value Multiply(Value left, Value right, RenderContext context)
    {
        if (left is UndefinedValue || right is UndefinedValue)
            throw Arithmetic.Unsupported("*", left, right);
        var sequence = left is StringValue or SequenceValue ? left : right;
        var count = ReferenceEquals(sequence, left) ? right : left;
        if (sequence is not (StringValue or SequenceValue))
            throw Arithmetic.Unsupported("*", left, right);
        if (Numbers.AsInteger(count) is not { } times)
            throw ChatTemplateException.Runtime($"can't multiply sequence by non-int of type '{count.TypeName}'");
        var repeats = (int)BigInteger.Clamp(times, 0, int.MaxValue);
        return sequence is StringValue text
            ? new TextBuilder(context.Budget).Repeat(text, repeats).ToValue().AsMarkup(text.IsMarkup)
            : Repeat((SequenceValue)sequence, repeats, context);
    }

    private static StringValue Concat(StringValue left, StringValue right, RenderContext context)
    {
        var markup = left.IsMarkup || right.IsMarkup;
        if (markup)
            (left, right) = (Escaping.Escape(left, context.Budget), Escaping.Escape(right, context.Budget));
        context.Budget.Write(right.Text.Length + left.Text.Length);
        return left.Concat(right).AsMarkup(markup);
    }

    private static SequenceValue Concat(SequenceValue left, SequenceValue right, RenderContext context)
    {
        context.Budget.Step(left.Items.Length + right.Items.Length);
        return left.With([.. left.Items, .. right.Items], Numbers.Origins(left, right));
    }

    private static SequenceValue Repeat(SequenceValue sequence, int times, RenderContext context)
    {
        context.Budget.Step((long)sequence.Items.Length * times);
        return sequence.With([.. Enumerable.Repeat(sequence.Items, sequence.Items.Length == 0 ? 0 : times).SelectMany(items => items)], sequence.Origin);
    }
}
