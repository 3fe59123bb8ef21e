namespace Hone.Tokenization.Decoders;

/// <summary>Connectionist temporal classification: repeated tokens count once, padding vanishes, a delimiter stands for spaces.</summary>
internal sealed class CtcDecoder(string padToken, string wordDelimiter, bool cleanup) : IDecoder
{
    public List<string> Decode(List<string> tokens)
    {
        var result = new List<string>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i > 0 && tokens[i] == tokens[i - 1])
                continue;
            var text = Without(tokens[i], padToken, "");
            if (cleanup)
                text = Without(WordPieceDecoder.Clean(text), wordDelimiter, " ");
            if (text.Length > 0)
                result.Add(text);
        }
        return result;
    }

    private static string Without(string text, string part, string replacement) =>
        part.Length == 0 ? text : text.Replace(part, replacement, StringComparison.Ordinal);
}
