namespace Hone.Tokenization.Decoders;

/// <summary>The visible character back to a space; in the first token it is dropped if one was put there.</summary>
internal sealed class MetaspaceDecoder(char replacement, bool prepended) : IDecoder
{
    public char Replacement => replacement;

    public List<string> Decode(List<string> tokens) => [.. tokens.Select((t, i) =>
        i == 0 && prepended ? t.Replace(replacement.ToString(), "", StringComparison.Ordinal) : t.Replace(replacement, ' '))];
}
