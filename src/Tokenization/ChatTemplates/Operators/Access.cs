using System.Collections.Frozen;
using Hone.Tokenization.ChatTemplates.Runtime;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Operators;

/// <summary>Attributes and items inside the sandbox: only what a value lists itself can be reached; there is no reflection.</summary>
internal static class Access
{
    /// <summary>Methods that would change a list or dictionary in place.</summary>
    private static readonly FrozenSet<string> s_listMutators = FrozenSet.Create("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");

    private static readonly FrozenSet<string> s_dictMutators = FrozenSet.Create("clear", "pop", "popitem", "setdefault", "update");

    /// <summary>Names that every object has in the reference's host language, so that asking for them is a breach and not a misspelling.</summary>
    private static readonly FrozenSet<string> s_internals = FrozenSet.Create(
        "__class__", "__delattr__", "__dir__", "__doc__", "__eq__", "__format__", "__ge__", "__getattribute__", "__getstate__", "__gt__", "__hash__",
        "__init__", "__init_subclass__", "__le__", "__lt__", "__ne__", "__new__", "__reduce__", "__reduce_ex__", "__repr__", "__setattr__", "__sizeof__",
        "__str__", "__subclasshook__");

    private static readonly FrozenSet<string> s_sequenceInternals = FrozenSet.Create(
        "__add__", "__contains__", "__getitem__", "__iter__", "__len__", "__mul__", "__rmul__", "__getnewargs__");

    private static readonly FrozenSet<string> s_numberInternals = FrozenSet.Create(
        "__abs__", "__add__", "__bool__", "__divmod__", "__float__", "__floordiv__", "__int__", "__mod__", "__mul__", "__neg__", "__pos__", "__pow__",
        "__radd__", "__rmul__", "__rsub__", "__round__", "__sub__", "__truediv__", "__trunc__", "__index__", "__and__", "__or__", "__xor__", "__invert__");

    private static readonly FrozenSet<string> s_mutableInternals = FrozenSet.Create(
        "__contains__", "__getitem__", "__iter__", "__len__", "__setitem__", "__delitem__", "__iadd__", "__imul__", "__add__", "__mul__", "__reversed__",
        "__class_getitem__", "__ior__", "__or__");

    private static readonly FrozenSet<string> s_callableInternals = FrozenSet.Create(
        "__globals__", "__code__", "__call__", "__dict__", "__module__", "__name__", "__qualname__", "__self__", "__defaults__", "__kwdefaults__", "__closure__",
        "__annotations__", "__builtins__", "__get__", "__weakref__", "__wrapped__");

    private static readonly FrozenSet<string> s_objectInternals = FrozenSet.Create("__dict__", "__module__", "__weakref__", "__slots__");

    /// <summary><c>x.name</c>.</summary>
    public static Value Attribute(Value owner, StringValue key, RenderContext context)
    {
        var name = key.Text;
        if (IsUnsafe(owner, name))
            return UndefinedValue.Unsafe(owner, name);
        return owner.GetAttribute(name) ?? owner.GetItem(key, context) ?? UndefinedValue.Attribute(owner, name);
    }

    /// <summary><c>x[key]</c>.</summary>
    public static Value Item(Value owner, Value key, RenderContext context)
    {
        if (key is SliceValue slice)
            return Slicing.Slice(owner, slice, context);
        if (owner.GetItem(key, context) is { } item)
            return item;
        if (key is StringValue name)
        {
            if (IsUnsafe(owner, name.Text))
                return UndefinedValue.Unsafe(owner, name.Text);
            if (owner.GetAttribute(name.Text) is { } attribute)
                return attribute;
        }
        return UndefinedValue.Item(owner, key, context);
    }

    /// <summary>The filter <c>attr</c>: the attribute only.</summary>
    public static Value OnlyAttribute(Value owner, string name) => IsUnsafe(owner, name) ? UndefinedValue.Unsafe(owner, name)
        : owner.GetAttribute(name) ?? UndefinedValue.Attribute(owner, name);

    private static bool IsUnsafe(Value owner, string name) => owner switch
    {
        ListValue when s_listMutators.Contains(name) => true,
        DictValue when s_dictMutators.Contains(name) => true,
        _ => name.StartsWith("__", StringComparison.Ordinal) && (s_internals.Contains(name) || InternalsOf(owner).Contains(name)),
    };

    private static FrozenSet<string> InternalsOf(Value owner) => owner switch
    {
        StringValue or TupleValue or RangeValue => s_sequenceInternals,
        ListValue or DictValue => s_mutableInternals,
        IntValue or FloatValue or BoolValue => s_numberInternals,
        NoneValue or UndefinedValue => FrozenSet<string>.Empty,
        _ when owner.IsCallable => s_callableInternals,
        _ => s_objectInternals,
    };
}
