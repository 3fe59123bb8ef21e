using Hone.Models.Graph;

namespace Hone.Engine.Scheduling;

/// <summary>
/// Models whose rope has other frequencies for long sequences (longrope): the length is fixed at admission as the longest the
/// sequence can become, and prefixes are shared only among sequences of one class.
/// </summary>
internal sealed class RopeClasses(ModelGraph graph)
{
    private readonly int[] thresholds =
        [.. graph.Nodes.Select(n => n.Op).OfType<Rope>().Where(r => r.Spec.LongInvFreq is not null).Select(r => r.Spec.LongAfter).Distinct()];

    /// <summary>RopeLength of a request's segments; 0 if no frequency depends on it.</summary>
    public int LengthFor(GenerationRequest request) => thresholds.Length == 0 ? 0 : request.Prompt.Length + request.MaxTokens;

    public int ClassOf(int ropeLength) => thresholds.Count(t => ropeLength > t);
}
