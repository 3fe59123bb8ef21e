using System.Text.Json;
using Hone.Server.Api.ChatCompletions;
using Hone.Server.Api.Errors;
using Hone.Server.Api.Requests;
using Hone.Server.Catalog;
using Hone.Server.Settings;
using Hone.Tokenization;

namespace Hone.Server.Api.Tokens;

/// <summary>POST /tokenize, /detokenize, /apply-template. Without a model's name the first one answers, as in the servers these shapes come from.</summary>
internal sealed class TokensEndpoint(IModelCatalog catalog, ServerOptions options, ChatPrompt prompts)
{
    public async Task<TokenizeResponse> TokenizeAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync<TokenizeRequest>(context, options.Lenient);
        using var lease = await AcquireAsync(body.Model, context.RequestAborted);
        var model = lease.Model;
        if (body.Prompt is null == body.Messages is null)
            throw ApiError.Invalid("prompt", "Give either 'prompt' or 'messages'.", "invalid_value");
        var ids = body.Prompt is not null
            ? model.Tokenizer.Encode(body.Prompt, body.AddSpecialTokens ?? true)
            : ChatPrompt.Encode(model, Render(model, body.Messages, body.AddGenerationPrompt, body.ChatTemplateKwargs));
        return new TokenizeResponse(
            ids.Count, lease.Engine.ContextLength, ids, body.ReturnTokenStrs == true ? [.. ids.Select(id => model.Tokenizer.TokenOf(id) ?? "")] : null);
    }

    public async Task<DetokenizeResponse> DetokenizeAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync<DetokenizeRequest>(context, options.Lenient);
        using var lease = await AcquireAsync(body.Model, context.RequestAborted);
        if (body.Tokens is not { } tokens)
            throw ApiError.Invalid("tokens", "Missing required parameter: 'tokens'.", "missing_required_parameter");
        Check.Tokens(tokens, lease.Model.Tokenizer.VocabularySize, "tokens");
        return new DetokenizeResponse(lease.Model.Tokenizer.Decode(tokens, skipSpecialTokens: false));
    }

    public async Task<ApplyTemplateResponse> ApplyTemplateAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync<ApplyTemplateRequest>(context, options.Lenient);
        using var lease = await AcquireAsync(body.Model, context.RequestAborted);
        return new ApplyTemplateResponse(Render(lease.Model, body.Messages, body.AddGenerationPrompt, body.ChatTemplateKwargs).Text);
    }

    private MarkedText Render(ServedModel model, JsonElement? messages, bool? addGenerationPrompt, JsonElement? variables) =>
        prompts.Render(model, null, ChatMessages.Normalise(messages), addGenerationPrompt ?? true, variables);

    private ValueTask<ModelLease> AcquireAsync(string? model, CancellationToken cancel) =>
        ModelName.AcquireAsync(catalog, model ?? catalog.Entries[0].Id, cancel);
}
