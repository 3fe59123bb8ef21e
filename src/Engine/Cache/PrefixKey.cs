namespace Hone.Engine.Cache;

/// <summary>What, beside the tokens, the states of a prefix depend on: one tree each.</summary>
/// <param name="Salt">Tenant.</param>
/// <param name="Adapter">Adapter's number in the runner.</param>
/// <param name="RopeClass">Which of the length-dependent rope frequencies hold.</param>
internal readonly record struct PrefixKey(string Salt, int Adapter, int RopeClass);
