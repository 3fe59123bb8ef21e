using System.Text.Json;
using System.Text.Json.Nodes;
using Hone.Server.Api.Errors;
using Hone.Server.Catalog;
using Hone.Tokenization;
using Hone.Tokenization.ChatTemplates;

namespace Hone.Server.Api.ChatCompletions;

/// <summary>Messages as the model's own prompt: rendered by its chat template, then encoded with control tokens only where the template wrote them.</summary>
internal sealed class ChatPrompt(TimeProvider clock)
{
    /// <summary>Checkpoints that one request may ask for: the latest turns are the likeliest to be continued.</summary>
    private const int MaxBoundaries = 64;

    public MarkedText Render(ServedModel model, ChatTemplate? own, JsonArray messages, bool addGenerationPrompt, JsonElement? variables)
    {
        var template = own ?? model.Template
            ?? throw ApiError.Invalid("model", $"The model `{model.Id}` has no chat template. Use /v1/completions.", "unsupported_model");
        try
        {
            return template.Render(new ChatTemplateInput
            {
                Messages = JsonSerializer.SerializeToElement(messages),
                AddGenerationPrompt = addGenerationPrompt,
                Variables = variables is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject().ToDictionary(p => p.Name, p => p.Value) : [],
                SpecialTokens = SpecialTokens(model),
                Time = clock,
            });
        }
        catch (ChatTemplateException problem)
        {
            throw ApiError.Invalid("messages", $"The model's chat template refuses these messages: {problem.Message}", "invalid_messages");
        }
    }

    public static IReadOnlyList<int> Encode(ServedModel model, MarkedText text) => model.Tokenizer.Encode(text, addSpecialTokens: false);

    /// <summary>Prompt lengths after which a turn has ended.</summary>
    public static IReadOnlyList<int> Boundaries(IReadOnlyList<int> prompt, ServedModel model)
    {
        var boundaries = new List<int>();
        for (var i = 0; i < prompt.Count; i++)
        {
            if (model.EndTokens.Contains(prompt[i]))
                boundaries.Add(i + 1);
        }
        return boundaries.Count > MaxBoundaries ? boundaries[^MaxBoundaries..] : boundaries;
    }

    private static Dictionary<string, string> SpecialTokens(ServedModel model)
    {
        var tokens = new Dictionary<string, string>();
        if (model.BosToken is not null)
            tokens["bos_token"] = model.BosToken;
        if (model.EosToken is not null)
            tokens["eos_token"] = model.EosToken;
        return tokens;
    }
}
