namespace Hone.Models.Adapters;

/// <summary>What an adapter adds to one linear: y += Scale · B·(A·x).</summary>
/// <param name="Rank">Rows of A.</param>
/// <param name="Scale">alpha / rank, or alpha / sqrt(rank) (rsLoRA).</param>
/// <param name="A">[Rank, in], row-major.</param>
/// <param name="B">[out, Rank], row-major, rows in the graph's order.</param>
public sealed record LoraPair(int Rank, double Scale, float[] A, float[] B);
