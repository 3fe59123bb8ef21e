using Hone.Engine;
using Hone.Server.Api.Generation;
using Hone.Server.Catalog;

namespace Hone.Server.Api.Completions;

/// <summary>A text completion that has been checked: one engine request for each prompt. Only <see cref="CompletionValidator"/> makes one.</summary>
internal sealed record ValidCompletion(
    ServedModel Model, IReadOnlyList<GenerationRequest> Generations, Presentation Presentation, bool Echo, bool Stream, bool IncludeUsage);
