using System.Numerics;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Operators;

/// <summary>Python's subscripts: negative ones count from the end, slices never fail.</summary>
internal static class Slicing
{
    /// <summary>The position from 0 that an index means, or null if there is none.</summary>
    public static int? Position(BigInteger index, int length)
    {
        var position = index.Sign < 0 ? index + length : index;
        return position.Sign >= 0 && position < length ? (int)position : null;
    }

    public static Value Slice(Value value, SliceValue slice, RenderContext context) => value switch
    {
        StringValue text => Slice(text, slice, context),
        SequenceValue sequence => sequence.With(Take(sequence.Items, slice, context), sequence.Origin),
        RangeValue range => Slice(range, slice),
        UndefinedValue undefined => throw undefined.Error,
        DictValue => throw ChatTemplateException.Runtime("unhashable type: 'slice'"),
        _ => throw ChatTemplateException.Runtime($"'{value.TypeName}' object is not subscriptable"),
    };

    private static StringValue Slice(StringValue text, SliceValue slice, RenderContext context)
    {
        var (start, count, step) = Resolve(slice, text.Length!.Value);
        if (step == 1)
        {
            var from = text.OffsetOf(start);
            var to = text.IsFlat ? from + count : from + CodePoints.Offset(text.Text[from..], count);
            context.Budget.Write(to - from);
            return text.Substring(from, to - from);
        }
        var offsets = Offsets(text.Text);
        var output = new TextBuilder(context.Budget);
        for (var i = 0; i < count; i++)
        {
            var offset = offsets[start + i * step];
            output.Append(text, offset, CodePoints.LengthAt(text.Text, offset));
        }
        return output.ToValue().AsMarkup(text.IsMarkup);
    }

    private static Value[] Take(Value[] items, SliceValue slice, RenderContext context)
    {
        var (start, count, step) = Resolve(slice, items.Length);
        context.Budget.Step(count);
        if (step == 1)
            return items.AsSpan(start, count).ToArray();
        var taken = new Value[count];
        for (var i = 0; i < count; i++)
            taken[i] = items[start + i * step];
        return taken;
    }

    private static RangeValue Slice(RangeValue range, SliceValue slice)
    {
        var (start, stop, step) = Bounds(slice, range.Count);
        return new RangeValue(range.Start + start * range.Increment, range.Start + stop * range.Increment, step * range.Increment);
    }

    /// <summary>The first position, the number of elements and the stride.</summary>
    private static (int Start, int Count, int Step) Resolve(SliceValue slice, int length)
    {
        var (start, stop, step) = Bounds(slice, length);
        var span = step > 0 ? (long)stop - start : (long)start - stop;
        return span <= 0 ? (0, 0, step) : (start, (int)((span - 1) / Math.Abs((long)step) + 1), step);
    }

    private static (int Start, int Stop, int Step) Bounds(SliceValue slice, int length)
    {
        var step = Bound(slice.Step) is { } given ? (int)BigInteger.Clamp(given, -int.MaxValue, int.MaxValue) : 1;
        if (step == 0)
            throw ChatTemplateException.Runtime("slice step cannot be zero");
        var (low, high) = step > 0 ? (0, length) : (-1, length - 1);
        var start = Clamp(Bound(slice.Start), step > 0 ? low : high, length, low, high);
        return (start, Clamp(Bound(slice.Stop), step > 0 ? high : low, length, low, high), step);
    }

    private static int Clamp(BigInteger? bound, int absent, int length, int low, int high)
    {
        if (bound is not { } value)
            return absent;
        return (int)BigInteger.Clamp(value.Sign < 0 ? value + length : value, low, high);
    }

    private static BigInteger? Bound(Value? value) => value switch
    {
        null or NoneValue => null,
        UndefinedValue => throw Invalid(),
        _ => Numbers.AsInteger(value) ?? throw Invalid(),
    };

    private static int[] Offsets(string text)
    {
        var offsets = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i += CodePoints.LengthAt(text, i))
            offsets.Add(i);
        return [.. offsets];
    }

    private static ChatTemplateException Invalid() =>
        ChatTemplateException.Runtime("slice indices must be integers or None or have an __index__ method");
}
