using Hone.Models.Graph;

namespace Hone.Models.Families.Blocks;

/// <summary>Router, choice of experts, experts.</summary>
internal sealed record MoeBlock(int Count, int TopK, int Hidden, ExpertWeights Stored)
{
    public string Router { get; init; } = "gate";

    public bool RouterBias { get; init; }

    public RouterScore Score { get; init; } = RouterScore.Softmax;

    public bool Normalise { get; init; } = true;

    /// <summary>Factor on the weights of the chosen.</summary>
    public double Scale { get; init; } = 1;

    public int Groups { get; init; } = 1;

    public int TopGroups { get; init; } = 1;

    /// <summary>Name of the bias that counts for the choice only.</summary>
    public string? CorrectionBias { get; init; }

    public ExpertGate Gate { get; init; } = ExpertGate.Silu;

    public double Limit { get; init; }

    public double Alpha { get; init; }

    public Value Build(Scope scope, Value x)
    {
        if (TopK > Count || Count % Groups != 0 || TopGroups > Groups)
            throw new GraphException($"{scope.Name("")}: {TopK} of {Count} experts, {TopGroups} of {Groups} groups.");
        var logits = scope.Linear(x, Router, Count, RouterBias, role: Role.Router);
        var correction = CorrectionBias is null ? null : new Weight(scope.Name(CorrectionBias), [Count], Form.Plain);
        var chosen = scope.Route(logits, new Route(TopK, Score, Normalise, Scale, Groups, TopGroups, correction));
        return scope.Experts(x, chosen, new Experts(Count, Hidden, Gate, Limit, Alpha, Stored));
    }

    /// <summary>One matrix per expert and part: <c>experts.{e}.gate</c> [hidden, w], <c>up</c>, <c>down</c> [w, hidden].</summary>
    public static SplitExperts Split(Scope scope, int count, int hidden, int width, string gate = "gate_proj", string up = "up_proj", string down = "down_proj")
    {
        Weight[] Each(string part, int rows, int columns) =>
            [.. Enumerable.Range(0, count).Select(e => new Weight(scope.Name($"experts.{e}.{part}.weight"), [rows, columns], Form.Plain))];
        return new SplitExperts(Each(gate, hidden, width), Each(up, hidden, width), Each(down, width, hidden));
    }
}
