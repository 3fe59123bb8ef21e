using System.Runtime.Intrinsics.X86;

namespace Hone.Cpu;

/// <summary>Instruction sets that kernels are written for, in rising order. All give the same bits.</summary>
public enum Isa
{
    /// <summary>Plain C#; runs everywhere and is what the others are tested against.</summary>
    Portable,

    /// <summary>x86-64 with AVX2 and FMA.</summary>
    Avx2,
}

/// <summary>The instruction set that this process uses: the highest that the machine has, or what <c>HONE_ISA</c> says.</summary>
public static class IsaChoice
{
    public const string Variable = "HONE_ISA";

    /// <exception cref="PlatformNotSupportedException"><c>HONE_ISA</c> names an unknown set, or one that this machine lacks.</exception>
    public static Isa Current { get; } = Choose(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The highest set that the machine has.</summary>
    public static Isa Highest => Avx2.IsSupported && Fma.IsSupported ? Isa.Avx2 : Isa.Portable;

    internal static Isa Choose(string? forced)
    {
        if (string.IsNullOrEmpty(forced))
            return Highest;
        if (!Enum.TryParse<Isa>(forced, ignoreCase: true, out var isa) || !Enum.IsDefined(isa))
            throw new PlatformNotSupportedException(
                $"{Variable}={forced} is not known; there are: {string.Join(", ", Enum.GetNames<Isa>()).ToLowerInvariant()}.");
        if (isa > Highest)
            throw new PlatformNotSupportedException($"{Variable}={forced}: this machine has no more than {Highest}.");
        return isa;
    }
}
