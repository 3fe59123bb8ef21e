namespace Hone.Tokenization.ChatTemplates;

/// <summary>Budgets of one rendering. A template that exceeds one of them ends with a <see cref="ChatTemplateErrorKind.Limit"/> error.</summary>
public sealed record ChatTemplateOptions
{
    public static ChatTemplateOptions Default { get; } = new();

    /// <summary>Nodes evaluated plus elements of sequences touched.</summary>
    public long MaxSteps { get; init; } = 2_000_000;

    /// <summary>UTF-16 units of any one string, the output included.</summary>
    public int MaxLength { get; init; } = 16 << 20;

    /// <summary>UTF-16 units written into strings in all.</summary>
    public long MaxTextWritten { get; init; } = 128L << 20;

    /// <summary>Macro calls and recursive loops within one another.</summary>
    public int MaxCallDepth { get; init; } = 200;

    /// <summary>Blocks, brackets and operators within one another in the template's text.</summary>
    public int MaxNesting { get; init; } = 200;

    /// <summary>Bits of an integer that arithmetic makes.</summary>
    public int MaxIntegerBits { get; init; } = 256;
}
