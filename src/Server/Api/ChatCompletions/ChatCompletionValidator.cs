using System.Text.Json;
using Hone.Engine;
using Hone.Server.Api.Errors;
using Hone.Server.Api.Generation;
using Hone.Server.Api.Requests;
using Hone.Server.Catalog;
using Hone.Server.Settings;
using Hone.Tokenization.ChatTemplates;

namespace Hone.Server.Api.ChatCompletions;

/// <summary>The only maker of <see cref="ValidChatCompletion"/>: every field is honoured or refused by name.</summary>
internal sealed class ChatCompletionValidator(ServerOptions options, ChatPrompt prompts)
{
    public ValidChatCompletion Validate(ChatCompletionRequest body, ModelLease lease, string cacheSalt)
    {
        RefuseWhatIsNotBuilt(body);
        var model = lease.Model;
        var sampling = SamplingMapper.Map(body, model);
        var (stream, includeUsage) = Streams.Of(body);
        var logProbs = LogProbs(body);
        var n = Check.Range(body.N, 1, 16, 1, "n");
        var stops = SamplingMapper.Stops(body.Stop);
        var stopTokens = SamplingMapper.StopTokens(body, model);
        var messages = ChatMessages.Normalise(body.Messages);
        var text = prompts.Render(model, OwnTemplate(body), messages, body.AddGenerationPrompt ?? true, Variables(body.ChatTemplateKwargs));
        var prompt = ChatPrompt.Encode(model, text);
        var maxTokens = MaxTokens(body, prompt.Count, lease.Engine.ContextLength);
        return new ValidChatCompletion(
            model,
            new GenerationRequest
            {
                Prompt = prompt.ToArray(),
                MaxTokens = maxTokens,
                Choices = n,
                Sampling = sampling,
                StopTokens = stopTokens,
                MinTokens = Check.Range(body.MinTokens, 0, maxTokens, 0, "min_tokens"),
                TopLogProbs = logProbs,
                TurnBoundaries = ChatPrompt.Boundaries(prompt, model),
                CacheSalt = cacheSalt,
                Adapter = model.Adapter,
            },
            new Presentation(stops, body.IncludeStopStrInOutput ?? false, stopTokens, logProbs is not null, body.ReturnTokenIds ?? false),
            stream, includeUsage, ServiceTier(body.ServiceTier));
    }

    /// <summary>Without a limit a response may run to the end of the context.</summary>
    private static int MaxTokens(ChatCompletionRequest body, int prompt, int context)
    {
        if (body.MaxTokens is not null && body.MaxCompletionTokens is not null && body.MaxTokens != body.MaxCompletionTokens)
            throw ApiError.Invalid("max_tokens", "'max_tokens' and 'max_completion_tokens' are both given and differ.", "invalid_value");
        var param = body.MaxCompletionTokens is null ? "max_tokens" : "max_completion_tokens";
        var wanted = body.MaxCompletionTokens ?? body.MaxTokens;
        Check.Range(wanted, 1, int.MaxValue, 1, param);
        if (prompt == 0)
            throw ApiError.Invalid("messages", "The rendered prompt is empty.", "invalid_value");
        if (prompt >= context)
            throw ApiError.ContextLength(context, prompt, wanted, "messages");
        if (wanted is int given && (long)prompt + given > context)
            throw ApiError.ContextLength(context, prompt, given, "messages");
        return wanted ?? context - prompt;
    }

    private static int? LogProbs(ChatCompletionRequest body)
    {
        if (body.TopLogprobs is not null && body.Logprobs != true)
            throw ApiError.Invalid("top_logprobs", "'top_logprobs' needs 'logprobs' to be true.", "invalid_value");
        var top = Check.Range(body.TopLogprobs, 0, 20, 0, "top_logprobs");
        return body.Logprobs == true ? top : null;
    }

    private ChatTemplate? OwnTemplate(ChatCompletionRequest body)
    {
        if (body.ChatTemplate is null)
            return null;
        if (!options.AllowRequestTemplates)
            throw ApiError.Invalid("chat_template", "This server does not let requests bring their own chat template.", "unsupported_parameter");
        try
        {
            return ChatTemplate.Parse(body.ChatTemplate);
        }
        catch (ChatTemplateException problem)
        {
            throw ApiError.Invalid("chat_template", $"Invalid 'chat_template': {problem.Message}", "invalid_value");
        }
    }

    private static JsonElement? Variables(JsonElement? given) => given switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Object } => given,
        _ => throw ApiError.Invalid("chat_template_kwargs", "Invalid type for 'chat_template_kwargs': expected an object.", "invalid_type"),
    };

    private static string? ServiceTier(string? tier) => tier switch
    {
        null => null,
        "auto" or "default" => "default",
        _ => throw ApiError.Unsupported("service_tier", $"Service tier '{tier}' does not exist here: use 'auto' or 'default'."),
    };

    private static void RefuseWhatIsNotBuilt(ChatCompletionRequest body)
    {
        Check.Unused(body.Store is null or false, "store", "Stored completions are not supported yet: leave 'store' out or set it to false.");
        Check.Unused(IsEmpty(body.Tools), "tools", "Tools are not supported yet.");
        Check.Unused(IsEmpty(body.Functions), "functions", "Functions are not supported; they are deprecated in favour of tools.");
        Check.Unused(IsEmpty(body.ToolChoice) || IsText(body.ToolChoice, "none") || IsText(body.ToolChoice, "auto"), "tool_choice", "'tool_choice' needs tools, which are not supported yet.");
        Check.Unused(IsEmpty(body.FunctionCall) || IsText(body.FunctionCall, "none") || IsText(body.FunctionCall, "auto"), "function_call", "'function_call' needs functions, which are not supported.");
        Check.Unused(IsTextFormat(body.ResponseFormat), "response_format", "Only the response format {\"type\": \"text\"} is supported yet.");
        Check.Unused(IsEmpty(body.Audio), "audio", "This server has no audio.");
        Check.Unused(body.Modalities is null or ["text"], "modalities", "Only the modality 'text' is supported.");
        Check.Unused(IsEmpty(body.Moderation), "moderation", "Moderation is not supported.");
        Check.Unused(IsEmpty(body.Prediction), "prediction", "Predicted outputs are not supported.");
        Check.Unused(IsEmpty(body.WebSearchOptions), "web_search_options", "This server has no web search.");
        Check.Unused(IsEmpty(body.PromptCacheOptions), "prompt_cache_options", "'prompt_cache_options' is not supported: prefixes are always cached.");
        Check.Unused(body.PromptCacheRetention is null or "in_memory" or "in-memory", "prompt_cache_retention", "Only the retention 'in_memory' is supported.");
        Check.Unused(body.ReasoningEffort is null or "none", "reasoning_effort", "This model has no reasoning effort to set.");
        Check.Unused(body.Verbosity is null or "medium", "verbosity", "This model has no verbosity to set.");
        Metadata(body.Metadata);
    }

    /// <summary>Up to 16 pairs of strings; accepted and, as nothing is stored, not kept.</summary>
    private static void Metadata(JsonElement? metadata)
    {
        if (IsEmpty(metadata))
            return;
        if (metadata is not { ValueKind: JsonValueKind.Object } map || map.EnumerateObject().Any(p => p.Value.ValueKind != JsonValueKind.String))
            throw ApiError.Invalid("metadata", "Invalid type for 'metadata': expected an object of strings.", "invalid_type");
        if (map.EnumerateObject().Count() > 16 || map.EnumerateObject().Any(p => p.Name.Length > 64 || p.Value.GetString()!.Length > 512))
            throw ApiError.Invalid("metadata", "Invalid 'metadata': at most 16 pairs, keys up to 64 and values up to 512 characters.", "invalid_value");
    }

    private static bool IsEmpty(JsonElement? value) =>
        value is null or { ValueKind: JsonValueKind.Null } || value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0;

    private static bool IsText(JsonElement? value, string text) => value is { ValueKind: JsonValueKind.String } given && given.GetString() == text;

    private static bool IsTextFormat(JsonElement? format) =>
        IsEmpty(format) || format is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty("type", out var type) && IsText(type, "text");
}
