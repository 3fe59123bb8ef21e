using Hone.Engine;
using Hone.Server.Api.Generation;
using Hone.Tokenization;

namespace Hone.Server.Api.ChatCompletions;

/// <summary>Log-probabilities of a message's tokens, in the shape of chat completions.</summary>
internal sealed record ChatLogProbs(IReadOnlyList<ChatTokenLogProb> Content)
{
    public IReadOnlyList<ChatTokenLogProb>? Refusal => null;

    public static ChatLogProbs Of(IEnumerable<GenerationEvent> tokens, HfTokenizer tokenizer) =>
        new([.. tokens.Select(t => ChatTokenLogProb.Of(t, tokenizer))]);
}

/// <param name="Token">The token's text; parts of characters are shown as U+FFFD, <paramref name="Bytes"/> are exact.</param>
internal sealed record ChatTokenLogProb(string Token, float Logprob, IReadOnlyList<int> Bytes, IReadOnlyList<ChatTopLogProb> TopLogprobs)
{
    public static ChatTokenLogProb Of(GenerationEvent token, HfTokenizer tokenizer) => new(
        tokenizer.TextOf(token.Token), LogProbText.Finite(token.LogProb), tokenizer.ByteList(token.Token),
        [.. (token.Top ?? []).Select(t => new ChatTopLogProb(tokenizer.TextOf(t.Token), LogProbText.Finite(t.LogProb), tokenizer.ByteList(t.Token)))]);
}

internal sealed record ChatTopLogProb(string Token, float Logprob, IReadOnlyList<int> Bytes);
