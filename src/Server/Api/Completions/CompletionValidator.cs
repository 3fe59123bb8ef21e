using Hone.Engine;
using Hone.Server.Api.Errors;
using Hone.Server.Api.Generation;
using Hone.Server.Api.Requests;
using Hone.Server.Catalog;

namespace Hone.Server.Api.Completions;

/// <summary>The only maker of <see cref="ValidCompletion"/>: every field is honoured or refused by name.</summary>
internal sealed class CompletionValidator
{
    private const int DefaultMaxTokens = 16;

    public ValidCompletion Validate(CompletionRequest body, ModelLease lease, string cacheSalt)
    {
        var model = lease.Model;
        var sampling = SamplingMapper.Map(body, model);
        var (stream, includeUsage) = Streams.Of(body);
        var n = Check.Range(body.N, 1, 16, 1, "n");
        Check.Unused(body.BestOf is null || body.BestOf == n, "best_of", "'best_of' is supported only when it equals 'n'.");
        int? logProbs = body.Logprobs is null ? null : Check.Range(body.Logprobs, 0, 20, 0, "logprobs");
        var echo = body.Echo ?? false;
        var stops = SamplingMapper.Stops(body.Stop);
        var stopTokens = SamplingMapper.StopTokens(body, model);
        var prompts = Prompts.Read(body.Prompt, body.Suffix, model);
        var generations = new List<GenerationRequest>();
        foreach (var prompt in prompts)
        {
            var maxTokens = MaxTokens(body, echo, prompt.Length, lease.Engine.ContextLength);
            generations.Add(new GenerationRequest
            {
                Prompt = prompt,
                MaxTokens = maxTokens,
                Choices = n,
                // Each prompt draws from its own stream, as if it had been sent alone with that seed.
                Sampling = sampling,
                StopTokens = stopTokens,
                MinTokens = Check.Range(body.MinTokens, 0, Math.Max(maxTokens, 0), 0, "min_tokens"),
                TopLogProbs = logProbs,
                PromptLogProbs = echo && logProbs is not null,
                CacheSalt = cacheSalt,
                Adapter = model.Adapter,
            });
        }
        return new ValidCompletion(
            model, generations,
            new Presentation(stops, body.IncludeStopStrInOutput ?? false, stopTokens, logProbs is not null, body.ReturnTokenIds ?? false),
            echo, stream, includeUsage);
    }

    private static int MaxTokens(CompletionRequest body, bool echo, int prompt, int context)
    {
        var wanted = Check.Range(body.MaxTokens, echo ? 0 : 1, int.MaxValue, DefaultMaxTokens, "max_tokens");
        if (body.MaxTokens is not null && (long)prompt + wanted > context)
            throw ApiError.ContextLength(context, prompt, wanted, "prompt");
        if (prompt > context || (prompt == context && wanted > 0))
            throw ApiError.ContextLength(context, prompt, null, "prompt");
        return Math.Min(wanted, context - prompt);
    }
}
