using Hone.Engine;
using Hone.Server.Api.Generation;
using Hone.Server.Catalog;

namespace Hone.Server.Api.ChatCompletions;

/// <summary>A chat completion that has been checked. Only <see cref="ChatCompletionValidator"/> makes one.</summary>
internal sealed record ValidChatCompletion(
    ServedModel Model, GenerationRequest Generation, Presentation Presentation, bool Stream, bool IncludeUsage, string? ServiceTier);
