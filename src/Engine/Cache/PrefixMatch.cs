namespace Hone.Engine.Cache;

/// <summary>How much of a text the cache holds.</summary>
/// <param name="Root">The tree it was looked up in.</param>
/// <param name="Last">Deepest block that is shared whole, or the root.</param>
/// <param name="Tail">Block whose first <paramref name="TailRows"/> rows continue <paramref name="Last"/>; null if none does.</param>
/// <param name="Checkpoint">State after <paramref name="Length"/> tokens; null if the model keeps no slots or nothing was found.</param>
/// <param name="Length">Tokens that need not be computed.</param>
/// <param name="Parting">Tokens up to which the text equals a cached one; more than <paramref name="Length"/> if no checkpoint lies there.</param>
internal readonly record struct PrefixMatch(Block Root, Block Last, Block? Tail, int TailRows, Slot? Checkpoint, int Length, int Parting);
