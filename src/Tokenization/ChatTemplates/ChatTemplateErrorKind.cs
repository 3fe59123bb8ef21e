namespace Hone.Tokenization.ChatTemplates;

/// <summary>Why a chat template could not be parsed or rendered.</summary>
public enum ChatTemplateErrorKind
{
    /// <summary>The template's text is not valid Jinja.</summary>
    Syntax,

    /// <summary>An undefined value was used where a value is needed.</summary>
    Undefined,

    /// <summary>The sandbox forbids the access.</summary>
    Security,

    /// <summary>The template itself refused the conversation (<c>raise_exception</c>).</summary>
    Raised,

    /// <summary>An operation failed: wrong type, wrong value, missing key.</summary>
    Runtime,

    /// <summary>A budget ran out: steps, text, depth or size of an integer.</summary>
    Limit,

    /// <summary>The conversation itself cannot be rendered: no message, conflicting options.</summary>
    Input,

    /// <summary>A corner of Jinja or Python that this engine refuses by name.</summary>
    Unsupported,
}
