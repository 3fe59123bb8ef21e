using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Text;

namespace Hone.Tokenization.ChatTemplates.Values;

/// <summary><c>range(start, stop, step)</c>, at most 100,000 elements.</summary>
internal sealed class RangeValue(long start, long stop, long step) : Value
{
    public const int MaxLength = 100_000;

    public long Start => start;

    public long Stop => stop;

    public long Increment => step;

    public override string TypeName => "range";

    public int Count { get; } = CountOf(start, stop, step);

    public override int? Length => Count;

    public override bool IsTrue => Count > 0;

    public override bool IsIterable => true;

    public Value ItemAt(int index) => IntValue.Of(start + index * step);

    public override Value? GetItem(Value key, RenderContext context) =>
        Numbers.AsInteger(key) is { } index && Slicing.Position(index, Count) is { } position ? ItemAt(position) : null;

    public override IEnumerable<Value> Iterate(RenderContext context)
    {
        for (var i = 0; i < Count; i++)
            yield return ItemAt(i);
    }

    public override Value? GetAttribute(string name) => Methods.RangeMethods.Find(this, name);

    public override void WriteRepr(TextBuilder output) => output.Append(step == 1 ? $"range({start}, {stop})" : $"range({start}, {stop}, {step})");

    private static int CountOf(long start, long stop, long step)
    {
        if (step == 0)
            throw ChatTemplateException.Runtime("range() arg 3 must not be zero");
        var span = step > 0 ? (Int128)stop - start : (Int128)start - stop;
        var count = span <= 0 ? 0 : (span - 1) / Int128.Abs(step) + 1;
        return count <= MaxLength ? (int)count
            : throw ChatTemplateException.Runtime($"Range too big. The sandbox blocks ranges larger than MAX_RANGE ({MaxLength}).");
    }
}
