namespace Hone.Tokenization.ChatTemplates.Text;

/// <summary>Where a character came from. Zero: the template wrote it.</summary>
[Flags]
internal enum Origin : byte
{
    Template = 0,

    /// <summary>Derived from the request: messages, tools, documents, variables.</summary>
    Request = 1,

    /// <summary>Rendered by a <c>{% generation %}</c> block: what the assistant said.</summary>
    Generated = 2,

    /// <summary>The mark that is put behind a final message that is to be continued.</summary>
    ContinueMark = 4,
}
