namespace Hone.Engine.Cache;

/// <summary>64-bit mixing for the index of the prefix tree. Equal hashes are always confirmed by comparing tokens.</summary>
internal static class Hash64
{
    /// <summary>SplitMix64's finaliser (Steele, Lea, Flood 2014): a bijection.</summary>
    public static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    /// <summary>Continues the chain <paramref name="hash"/> by tokens.</summary>
    public static ulong Chain(ulong hash, ReadOnlySpan<int> tokens)
    {
        foreach (var token in tokens)
            hash = Mix(hash + 0x9E3779B97F4A7C15 + (uint)token);
        return hash;
    }
}
