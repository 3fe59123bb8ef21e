namespace Hone.Tokenization.Decoders;

/// <summary>Joins continuations to their word and puts spaces between words; cleaning takes out those before punctuation.</summary>
internal sealed class WordPieceDecoder(string prefix, bool cleanup) : IDecoder
{
    public string Prefix => prefix;

    public List<string> Decode(List<string> tokens) => [.. tokens.Select((t, i) =>
    {
        var text = i == 0 ? t : t.StartsWith(prefix, StringComparison.Ordinal) ? t[prefix.Length..] : " " + t;
        return cleanup ? Clean(text) : text;
    })];

    /// <summary>The reference library's corrections of English spacing, in its order.</summary>
    public static string Clean(string text) => Corrections.Aggregate(text, (t, c) => t.Replace(c.From, c.To, StringComparison.Ordinal));

    private static readonly (string From, string To)[] Corrections =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"),
        (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];
}
