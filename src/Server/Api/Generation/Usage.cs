namespace Hone.Server.Api.Generation;

/// <summary>Tokens of a request, as OpenAI counts them.</summary>
internal sealed record Usage(
    int PromptTokens, int CompletionTokens, int TotalTokens, PromptTokensDetails PromptTokensDetails, CompletionTokensDetails CompletionTokensDetails)
{
    public static Usage Of(GenerationRun run) => new(
        run.PromptTokens, run.CompletionTokens, run.PromptTokens + run.CompletionTokens,
        new PromptTokensDetails(run.CachedTokens, 0), new CompletionTokensDetails(0, 0, 0, 0));
}

internal sealed record PromptTokensDetails(int CachedTokens, int AudioTokens);

internal sealed record CompletionTokensDetails(int ReasoningTokens, int AudioTokens, int AcceptedPredictionTokens, int RejectedPredictionTokens);
