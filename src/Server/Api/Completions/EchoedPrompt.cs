using Hone.Engine;
using Hone.Server.Catalog;

namespace Hone.Server.Api.Completions;

/// <summary>The prompt as the beginning of a choice (echo).</summary>
internal static class EchoedPrompt
{
    public static string Text(ServedModel model, GenerationRequest request)
    {
        var ids = request.Prompt.Span;
        // A start token that the tokenizer added was not in the client's text.
        return model.Tokenizer.Decode(ids[0] == model.BosId ? ids[1..].ToArray() : ids.ToArray(), skipSpecialTokens: false);
    }

    /// <summary>All prompt tokens as events: the first has no log-probability (NaN).</summary>
    public static IEnumerable<GenerationEvent> Tokens(GenerationRequest request, IEnumerable<GenerationEvent> scored) =>
        scored.Prepend(new GenerationEvent { Kind = GenerationEventKind.PromptToken, Token = request.Prompt.Span[0], LogProb = float.NaN });
}
