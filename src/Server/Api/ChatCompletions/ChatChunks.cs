using System.Text.Json;
using Hone.Server.Api.Generation;
using Hone.Server.Api.Streaming;

namespace Hone.Server.Api.ChatCompletions;

/// <summary>
/// The stream of a chat completion: a role for each choice, content deltas, an empty delta with the finish reason, and with
/// include_usage one chunk without choices; then all other chunks carry <c>usage: null</c>.
/// </summary>
internal sealed class ChatChunks(ValidChatCompletion request, GenerationRun run, string id, long created, string fingerprint) : IStreamFrames
{
    public async ValueTask OpenAsync(SseWriter sse)
    {
        for (var choice = 0; choice < run.ChoiceCount; choice++)
            await sse.DataAsync((this, choice), static (json, s) => s.Item1.Chunk(json, s.choice, static (j, _) =>
            {
                j.WriteString("role"u8, "assistant"u8);
                j.WriteString("content"u8, ""u8);
            }, new ChoiceUpdate(s.choice, new TextPiece("", []), null)));
    }

    public async ValueTask UpdateAsync(SseWriter sse, ChoiceUpdate update)
    {
        if (!update.Piece.IsEmpty)
            await sse.DataAsync((this, update with { Finish = null }), static (json, s) => s.Item1.Chunk(json, s.Item2.Index, Content, s.Item2));
        if (update.Finish is not null)
            await sse.DataAsync((this, update with { Piece = new TextPiece("", []) }), static (json, s) => s.Item1.Chunk(json, s.Item2.Index, static (_, _) => { }, s.Item2));
    }

    public async ValueTask CloseAsync(SseWriter sse)
    {
        if (!request.IncludeUsage)
            return;
        await sse.DataAsync(this, static (json, self) =>
        {
            self.Head(json);
            json.WriteStartArray("choices"u8);
            json.WriteEndArray();
            json.WritePropertyName("usage"u8);
            JsonSerializer.Serialize(json, Usage.Of(self.run), Json.Options);
            json.WriteEndObject();
        });
    }

    private readonly GenerationRun run = run;

    private static void Content(Utf8JsonWriter json, ChoiceUpdate update) => json.WriteString("content"u8, update.Piece.Text);

    private void Chunk(Utf8JsonWriter json, int choice, Action<Utf8JsonWriter, ChoiceUpdate> delta, ChoiceUpdate update)
    {
        Head(json);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, choice);
        json.WriteStartObject("delta"u8);
        delta(json, update);
        json.WriteEndObject();
        json.WritePropertyName("logprobs"u8);
        if (request.Presentation.LogProbs && update.Piece.Tokens.Count > 0)
            JsonSerializer.Serialize(json, ChatLogProbs.Of(update.Piece.Tokens, request.Model.Tokenizer), Json.Options);
        else
            json.WriteNullValue();
        if (update.Finish is null)
            json.WriteNull("finish_reason"u8);
        else
            json.WriteString("finish_reason"u8, update.Finish);
        if (request.Presentation.KeepTokenIds)
        {
            json.WriteStartArray("token_ids"u8);
            foreach (var token in update.Piece.Tokens)
                json.WriteNumberValue(token.Token);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndArray();
        if (request.IncludeUsage)
            json.WriteNull("usage"u8);
        json.WriteEndObject();
    }

    private void Head(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("object"u8, "chat.completion.chunk"u8);
        json.WriteNumber("created"u8, created);
        json.WriteString("model"u8, request.Model.Id);
        json.WriteString("system_fingerprint"u8, fingerprint);
        if (request.ServiceTier is not null)
            json.WriteString("service_tier"u8, request.ServiceTier);
    }
}
