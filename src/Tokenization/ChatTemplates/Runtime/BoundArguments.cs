using System.Numerics;
using Hone.Tokenization.ChatTemplates.Operators;
using Hone.Tokenization.ChatTemplates.Values;

namespace Hone.Tokenization.ChatTemplates.Runtime;

/// <summary>Arguments by parameter; a null is one that was not given.</summary>
internal readonly record struct BoundArguments(Value?[] Values, Arguments All)
{
    public Value? this[int index] => Values[index];

    public bool IsGiven(int index) => Values[index] is not null;

    public bool Flag(int index, bool absent = false) => Values[index]?.IsTrue ?? absent;

    /// <summary>The integer, saturated to 32 bits: beyond them a width or count is over any budget anyway.</summary>
    public int Int(int index, int absent = 0) => Values[index] is { } value ? Saturate(RequireInteger(value)) : absent;

    /// <summary>As <see cref="Int"/>, with none standing for absent too.</summary>
    public int? IntOrNone(int index) => Values[index] is null or NoneValue ? null : Int(index);

    public StringValue Text(int index, StringValue? absent = null) => Values[index] switch
    {
        null => absent ?? throw ChatTemplateException.Runtime("a string is missing"),
        StringValue text => text,
        var other => throw ChatTemplateException.Runtime($"must be str, not {other.TypeName}"),
    };

    public static int Saturate(BigInteger value) => (int)BigInteger.Clamp(value, int.MinValue, int.MaxValue);

    private static BigInteger RequireInteger(Value value) => Numbers.AsInteger(value) ?? throw ChatTemplateException.Runtime($"'{value.TypeName}' object cannot be interpreted as an integer");
}
