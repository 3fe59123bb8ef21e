using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hone.Tokenization.ChatTemplates.Runtime;

/// <summary>What one rendering may still spend.</summary>
internal sealed class Budget(ChatTemplateOptions options)
{
    private long _steps = options.MaxSteps;
    private long _text = options.MaxTextWritten;
    private int _depth;

    /// <summary>Charges work: nodes evaluated, elements touched.</summary>
    public void Step(long count = 1)
    {
        if ((_steps -= count) < 0)
            throw ChatTemplateException.Limit($"the template takes more than {options.MaxSteps} steps");
    }

    /// <summary>Charges <paramref name="added"/> UTF-16 units that are put behind <paramref name="length"/> others.</summary>
    public void Write(long added, long length = 0)
    {
        if (length + added > options.MaxLength)
            throw ChatTemplateException.Limit($"a text of more than {options.MaxLength} characters");
        if ((_text -= added) < 0)
            throw ChatTemplateException.Limit($"more than {options.MaxTextWritten} characters written in all");
    }

    public BigInteger CheckSize(BigInteger value) => value.GetBitLength() <= options.MaxIntegerBits ? value
        : throw ChatTemplateException.Limit($"an integer of more than {options.MaxIntegerBits} bits");

    /// <summary>The exact result would have about that many bits.</summary>
    public void CheckBits(double bits)
    {
        if (bits > options.MaxIntegerBits)
            throw ChatTemplateException.Limit($"an integer of more than {options.MaxIntegerBits} bits");
    }

    public void EnterCall()
    {
        EnsureStack();
        if (++_depth > options.MaxCallDepth)
            throw ChatTemplateException.Limit($"more than {options.MaxCallDepth} calls within one another");
    }

    public void LeaveCall() => _depth--;

    /// <summary>Called wherever data decide how deep the recursion goes.</summary>
    public static void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw ChatTemplateException.Limit("values or calls are nested too deeply");
    }
}
