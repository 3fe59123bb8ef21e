namespace Hone.Server.Api.Generation;

/// <summary>How a choice's tokens become the text that the client asked for; the engine knows nothing of it.</summary>
/// <param name="Stops">Strings that end a choice; the text before the first is kept.</param>
/// <param name="KeepStop">The stop string itself is kept too.</param>
/// <param name="StopTokens">Ids that end a choice; their text is not shown.</param>
/// <param name="LogProbs">Log-probabilities are shown.</param>
/// <param name="KeepTokenIds">Ids are shown.</param>
internal sealed record Presentation(IReadOnlyList<string> Stops, bool KeepStop, IReadOnlyList<int> StopTokens, bool LogProbs, bool KeepTokenIds);
