namespace Hone.Tokenization.PostProcessors;

/// <summary>One part of a template: a text (0 for A, 1 for B), or special tokens.</summary>
internal sealed record TemplatePart(int TypeId, int? Sequence, IReadOnlyList<(int Id, string Token)> Special);

/// <summary>Builds the result by a template for one text and one for a pair.</summary>
internal sealed class TemplatePostProcessor(IReadOnlyList<TemplatePart> single, IReadOnlyList<TemplatePart> pair) : IPostProcessor
{
    public int AddedTokens(bool isPair) => (isPair ? pair : single).Sum(p => p.Special.Count);

    public IReadOnlyList<TokenEncoding> Process(IReadOnlyList<TokenEncoding> encodings, bool addSpecialTokens)
    {
        var result = new List<TokenEncoding>();
        foreach (var part in encodings.Count > 1 ? pair : single)
        {
            if (part.Sequence is { } sequence)
                result.Add(encodings[sequence].WithTypeId(part.TypeId));
            else if (addSpecialTokens)
                result.Add(Special(part));
        }
        return result;
    }

    private static TokenEncoding Special(TemplatePart part)
    {
        var result = new TokenEncoding();
        foreach (var (id, token) in part.Special)
            result.Add(id, token, (0, 0), part.TypeId, special: true);
        return result;
    }

    /// <summary>BERT: <c>[CLS] A [SEP] B [SEP]</c>, with B and its end as segment 1.</summary>
    public static TemplatePostProcessor Bert((int Id, string Token) cls, (int Id, string Token) sep) => new(
        [Token(0, cls), new(0, 0, []), Token(0, sep)],
        [Token(0, cls), new(0, 0, []), Token(0, sep), new(1, 1, []), Token(1, sep)]);

    /// <summary>RoBERTa: <c>&lt;s&gt; A &lt;/s&gt; &lt;/s&gt; B &lt;/s&gt;</c>, all of segment 0.</summary>
    public static TemplatePostProcessor Roberta((int Id, string Token) cls, (int Id, string Token) sep) => new(
        [Token(0, cls), new(0, 0, []), Token(0, sep)],
        [Token(0, cls), new(0, 0, []), Token(0, sep), Token(0, sep), new(0, 1, []), Token(0, sep)]);

    private static TemplatePart Token(int typeId, (int, string) token) => new(typeId, null, [token]);
}
