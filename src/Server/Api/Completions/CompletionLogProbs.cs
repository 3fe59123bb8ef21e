using Hone.Engine;
using Hone.Server.Api.Generation;
using Hone.Tokenization;

namespace Hone.Server.Api.Completions;

/// <summary>Log-probabilities in the shape of text completions: parallel lists. The first prompt token has none.</summary>
internal sealed record CompletionLogProbs(
    IReadOnlyList<string> Tokens, IReadOnlyList<float?> TokenLogprobs, IReadOnlyList<IReadOnlyDictionary<string, float>?> TopLogprobs, IReadOnlyList<int> TextOffset);

/// <summary>Collects them for one choice; offsets count UTF-16 units of the text from the start of the choice.</summary>
internal sealed class CompletionLogProbsBuilder(HfTokenizer tokenizer)
{
    private int offset;

    public CompletionLogProbs Take(IEnumerable<GenerationEvent> tokens)
    {
        var result = new CompletionLogProbs(new List<string>(), new List<float?>(), new List<IReadOnlyDictionary<string, float>?>(), new List<int>());
        foreach (var token in tokens)
        {
            var text = tokenizer.TextOf(token.Token);
            ((List<string>)result.Tokens).Add(text);
            ((List<float?>)result.TokenLogprobs).Add(float.IsNaN(token.LogProb) ? null : LogProbText.Finite(token.LogProb));
            ((List<IReadOnlyDictionary<string, float>?>)result.TopLogprobs).Add(Top(token));
            ((List<int>)result.TextOffset).Add(offset);
            offset += text.Length;
        }
        return result;
    }

    /// <summary>Alternatives and the token itself, by text; of two tokens with one text the likelier counts.</summary>
    private Dictionary<string, float>? Top(GenerationEvent token)
    {
        if (token.Top is not { } top)
            return null;
        var map = new Dictionary<string, float>();
        foreach (var (id, logProb) in top)
            map.TryAdd(tokenizer.TextOf(id), LogProbText.Finite(logProb));
        map.TryAdd(tokenizer.TextOf(token.Token), LogProbText.Finite(token.LogProb));
        return map;
    }
}
