using Hone.Server.Api.Generation;
using Hone.Server.Api.Requests;
using Hone.Server.Api.Streaming;
using Hone.Server.Catalog;
using Hone.Server.Settings;

namespace Hone.Server.Api.Completions;

/// <summary>POST /v1/completions.</summary>
internal sealed class CompletionEndpoint(
    IModelCatalog catalog, ServerOptions options, CompletionValidator validator, TimeProvider clock, ILogger<CompletionEndpoint> log)
{
    public async Task HandleAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync<CompletionRequest>(context, options.Lenient);
        using var lease = await ModelName.AcquireAsync(catalog, body.Model, context.RequestAborted);
        var request = validator.Validate(body, lease, CacheSalts.For(context, body.CacheSalt));
        using var run = GenerationRun.Start(lease, request.Generations, request.Presentation);
        var id = Ids.New("cmpl-");
        var created = clock.GetUtcNow().ToUnixTimeSeconds();
        if (request.Stream)
        {
            var chunks = new CompletionChunks(request, run, id, created, lease.Engine.Fingerprint);
            await StreamReply.SendAsync(context, run, chunks, options.KeepAlive, log);
            return;
        }
        var choices = FoldedChoice.Many(run.ChoiceCount);
        await foreach (var update in run.ReadAsync(context.RequestAborted))
            choices[update.Index].Add(update);
        var response = new CompletionResponse(
            id, "text_completion", created, request.Model.Id, lease.Engine.Fingerprint, [.. choices.Select((c, i) => Choice(request, c, i))])
        {
            Usage = new UsageOrNull(Usage.Of(run)),
        };
        await context.Response.WriteAsJsonAsync(response, Json.Options, context.RequestAborted);
    }

    private static CompletionChoice Choice(ValidCompletion request, FoldedChoice folded, int index)
    {
        var generation = request.Generations[index / request.Generations[0].Choices];
        var tokens = request.Echo ? EchoedPrompt.Tokens(generation, folded.PromptTokens).Concat(folded.Tokens) : folded.Tokens;
        return new CompletionChoice(
            (request.Echo ? EchoedPrompt.Text(request.Model, generation) : "") + folded.Text, index,
            request.Presentation.LogProbs ? new CompletionLogProbsBuilder(request.Model.Tokenizer).Take(tokens) : null, folded.Finish)
        {
            TokenIds = request.Presentation.KeepTokenIds ? [.. folded.Tokens.Select(t => t.Token)] : null,
            PromptTokenIds = request.Presentation.KeepTokenIds ? generation.Prompt.ToArray() : null,
        };
    }
}
