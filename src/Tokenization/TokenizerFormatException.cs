namespace Hone.Tokenization;

/// <summary>A tokenizer description (tokenizer.json, or the vocabulary of a GGUF file) that is malformed, over a limit, or asks for something that does not exist here.</summary>
public sealed class TokenizerFormatException : Exception
{
    public TokenizerFormatException(string where, string what) : base($"{where}: {what}") => Where = where;

    public TokenizerFormatException(string where, string what, Exception inner) : base($"{where}: {what}", inner) => Where = where;

    /// <summary>The place in the description, as a path (<c>model.merges[12]</c>).</summary>
    public string Where { get; }
}
