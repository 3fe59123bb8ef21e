using Hone.Tokenization.Models;
using Hone.Tokenization.Normalizers;
using Hone.Tokenization.Text;

namespace Hone.Tokenization.AddedTokens;

/// <summary>The added tokens of a tokenizer.</summary>
internal sealed class AddedVocabulary
{
    // The matcher looks at every place for the longest token, so the longest bounds its work.
    private const int MaxLength = 1024;

    private readonly Dictionary<int, AddedToken> _byId = [];
    private readonly Dictionary<string, AddedToken> _byContent = [];

    /// <exception cref="TokenizerFormatException">Two tokens share an id, an id is out of range, or a token is too long.</exception>
    public AddedVocabulary(IReadOnlyList<AddedToken> tokens, Vocabulary vocabulary, INormalizer? normalizer, string where)
    {
        var limit = vocabulary.Size + (long)tokens.Count * 4 + (1 << 16);
        foreach (var declared in tokens.Where(t => t.Content.Length > 0))
        {
            // A token that the model has keeps the model's id, whatever is declared.
            var token = declared with { Id = vocabulary.IdOf(declared.Content) ?? declared.Id };
            if (token.Content.Length > MaxLength)
                throw new TokenizerFormatException(where, $"the added token {Quote.Of(token.Content)} has {token.Content.Length} characters; the limit is {MaxLength}");
            if (token.Id < 0 || token.Id >= limit)
                throw new TokenizerFormatException(where, $"the id {token.Id} of the added token {Quote.Of(token.Content)} is out of range");
            if (vocabulary.TokenOf(token.Id) is { } other && other != token.Content)
                throw new TokenizerFormatException(where, $"the id {token.Id} of the added token {Quote.Of(token.Content)} belongs to {Quote.Of(other)}");
            if (_byId.TryGetValue(token.Id, out var first) && first.Content != token.Content)
                throw new TokenizerFormatException(where, $"the id {token.Id} is given to both {Quote.Of(first.Content)} and {Quote.Of(token.Content)}");
            _byId[token.Id] = token;
            _byContent[token.Content] = token;
        }
        Tokens = [.. _byId.Values.OrderBy(t => t.Id)];
        Original = new(Tokens.Where(t => !t.Normalized).Select(t => (t, t.Content)));
        Normalized = new(Tokens.Where(t => t.Normalized).Select(t => (t, Normalize(t.Content, normalizer))));
    }

    /// <summary>All added tokens by id.</summary>
    public IReadOnlyList<AddedToken> Tokens { get; }

    /// <summary>Finds those that are looked for in the original text.</summary>
    public AddedTokenMatcher Original { get; }

    /// <summary>Finds those that are looked for in normalized text.</summary>
    public AddedTokenMatcher Normalized { get; }

    public AddedToken? ById(int id) => _byId.GetValueOrDefault(id);

    public AddedToken? ByContent(string content) => _byContent.GetValueOrDefault(content);

    private static string Normalize(string content, INormalizer? normalizer) =>
        normalizer is null ? content : normalizer.Normalize(AlignedText.FromOriginal(content, 0)).Chars.ToString();
}
