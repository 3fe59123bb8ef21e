using System.Text.Json;
using Hone.Engine;
using Hone.Server.Api.Generation;
using Hone.Server.Api.Streaming;

namespace Hone.Server.Api.Completions;

/// <summary>The stream of a text completion: chunks of text for each choice, the last of a choice with its finish reason.</summary>
internal sealed class CompletionChunks(ValidCompletion request, GenerationRun run, string id, long created, string fingerprint) : IStreamFrames
{
    private readonly CompletionLogProbsBuilder[] logProbs =
        [.. Enumerable.Range(0, run.ChoiceCount).Select(_ => new CompletionLogProbsBuilder(request.Model.Tokenizer))];

    private readonly List<GenerationEvent>[] promptTokens = [.. Enumerable.Range(0, run.ChoiceCount).Select(_ => new List<GenerationEvent>())];
    private readonly bool[] echoed = new bool[run.ChoiceCount];

    public ValueTask OpenAsync(SseWriter sse) => ValueTask.CompletedTask;

    public async ValueTask UpdateAsync(SseWriter sse, ChoiceUpdate update)
    {
        if (update.PromptToken is GenerationEvent prompt)
        {
            promptTokens[update.Index].Add(prompt);
            return;
        }
        if (request.Echo && !echoed[update.Index])
        {
            echoed[update.Index] = true;
            var generation = request.Generations[update.Index / request.Generations[0].Choices];
            await SendAsync(sse, update.Index, EchoedPrompt.Text(request.Model, generation), EchoedPrompt.Tokens(generation, promptTokens[update.Index]), null);
        }
        await SendAsync(sse, update.Index, update.Piece.Text, update.Piece.Tokens, update.Finish);
    }

    public async ValueTask CloseAsync(SseWriter sse)
    {
        if (request.IncludeUsage)
            await WriteAsync(sse, Chunk([]) with { Usage = new UsageOrNull(Usage.Of(run)) });
    }

    private ValueTask SendAsync(SseWriter sse, int index, string text, IEnumerable<GenerationEvent> tokens, string? finish) =>
        WriteAsync(sse, Chunk(
        [
            new CompletionChoice(text, index, request.Presentation.LogProbs ? logProbs[index].Take(tokens) : null, finish)
            {
                TokenIds = request.Presentation.KeepTokenIds ? [.. tokens.Where(t => t.Kind == GenerationEventKind.Token).Select(t => t.Token)] : null,
            },
        ]));

    private CompletionResponse Chunk(IReadOnlyList<CompletionChoice> choices) => new(id, "text_completion", created, request.Model.Id, fingerprint, choices)
    {
        Usage = request.IncludeUsage ? new UsageOrNull(null) : null,
    };

    private static ValueTask WriteAsync(SseWriter sse, CompletionResponse chunk) =>
        sse.DataAsync(chunk, static (json, c) => JsonSerializer.Serialize(json, c, Json.Options));
}
