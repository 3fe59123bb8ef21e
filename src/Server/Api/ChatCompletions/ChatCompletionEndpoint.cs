using Hone.Engine;
using Hone.Server.Api.Errors;
using Hone.Server.Api.Generation;
using Hone.Server.Api.Requests;
using Hone.Server.Api.Streaming;
using Hone.Server.Catalog;
using Hone.Server.Settings;

namespace Hone.Server.Api.ChatCompletions;

/// <summary>POST /v1/chat/completions.</summary>
internal sealed class ChatCompletionEndpoint(
    IModelCatalog catalog, ServerOptions options, ChatCompletionValidator validator, TimeProvider clock, ILogger<ChatCompletionEndpoint> log)
{
    public async Task HandleAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync<ChatCompletionRequest>(context, options.Lenient);
        using var lease = await ModelName.AcquireAsync(catalog, body.Model, context.RequestAborted);
        var request = validator.Validate(body, lease, CacheSalts.For(context, body.CacheSalt));
        using var run = GenerationRun.Start(lease, [request.Generation], request.Presentation);
        var id = Ids.New("chatcmpl-");
        var created = clock.GetUtcNow().ToUnixTimeSeconds();
        if (request.Stream)
        {
            var chunks = new ChatChunks(request, run, id, created, lease.Engine.Fingerprint);
            await StreamReply.SendAsync(context, run, chunks, options.KeepAlive, log);
            return;
        }
        await context.Response.WriteAsJsonAsync(await FoldAsync(request, run, id, created, lease.Engine.Fingerprint, context.RequestAborted), Json.Options, context.RequestAborted);
    }

    /// <summary>The non-streaming reply is the stream's updates, put together.</summary>
    private static async Task<ChatCompletionResponse> FoldAsync(
        ValidChatCompletion request, GenerationRun run, string id, long created, string fingerprint, CancellationToken cancel)
    {
        var choices = FoldedChoice.Many(run.ChoiceCount);
        await foreach (var update in run.ReadAsync(cancel))
            choices[update.Index].Add(update);
        return new ChatCompletionResponse(
            id, "chat.completion", created, request.Model.Id, fingerprint,
            [.. choices.Select((c, i) => new ChatChoice(
                i, new ChatMessage("assistant", c.Text.ToString()),
                request.Presentation.LogProbs ? ChatLogProbs.Of(c.Tokens, request.Model.Tokenizer) : null, c.Finish)
            {
                TokenIds = request.Presentation.KeepTokenIds ? [.. c.Tokens.Select(t => t.Token)] : null,
            })],
            Usage.Of(run))
        {
            ServiceTier = request.ServiceTier,
            PromptTokenIds = request.Presentation.KeepTokenIds ? request.Generation.Prompt.ToArray() : null,
        };
    }
}
