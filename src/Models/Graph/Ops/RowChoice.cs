namespace Hone.Models.Graph;

/// <summary>Token rows → the rows somebody asked for. Stands before the final norm, so norm and head run on few rows.</summary>
public sealed record OutputRows : Op;

public enum PoolKind { First, Mean, Last }

/// <summary>Token rows → one row per segment, then x / max(‖x‖₂, 1e-12) if Normalise.</summary>
public sealed record Pool(PoolKind Kind, bool Normalise) : Op;
