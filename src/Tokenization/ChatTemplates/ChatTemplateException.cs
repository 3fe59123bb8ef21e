namespace Hone.Tokenization.ChatTemplates;

/// <summary>A chat template could not be parsed or rendered.</summary>
/// <param name="kind">What sort of failure it is.</param>
/// <param name="message">The reference engine's wording where a template or user can see it.</param>
/// <param name="line">Line in the template, from 1; 0 if the failure has no place in it.</param>
/// <param name="column">Column in UTF-16 units, from 1; 0 if the failure has no place in the template.</param>
public sealed class ChatTemplateException(ChatTemplateErrorKind kind, string message, int line = 0, int column = 0) : Exception(message)
{
    public ChatTemplateErrorKind Kind { get; } = kind;

    public int Line { get; } = line;

    public int Column { get; } = column;

    internal ChatTemplateException At(Syntax.Position position) =>
        Line > 0 ? this : new ChatTemplateException(Kind, Message, position.Line, position.Column);

    internal static ChatTemplateException Runtime(string message) => new(ChatTemplateErrorKind.Runtime, message);

    internal static ChatTemplateException Limit(string message) => new(ChatTemplateErrorKind.Limit, message);

    internal static ChatTemplateException Unsupported(string message) => new(ChatTemplateErrorKind.Unsupported, message);

    internal static ChatTemplateException Syntax(string message, Syntax.Position position) =>
        new(ChatTemplateErrorKind.Syntax, message, position.Line, position.Column);
}
