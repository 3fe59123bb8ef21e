namespace Hone.Engine.Sampling;

/// <summary>
/// Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): random bits as a function of a key and
/// a counter, so that a draw depends on nothing that was drawn before.
/// </summary>
internal static class Philox
{
    /// <summary>64 random bits for the token at one position of one choice.</summary>
    public static ulong Draw(ulong seed, int choice, int position)
    {
        var (x0, x1, _, _) = Block((uint)position, (uint)choice, 0, 0, (uint)seed, (uint)(seed >> 32));
        return x0 | ((ulong)x1 << 32);
    }

    public static (uint X0, uint X1, uint X2, uint X3) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (var round = 0; round < 10; round++)
        {
            var p0 = 0xD2511F53ul * c0;
            var p1 = 0xCD9E8D57ul * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return (c0, c1, c2, c3);
    }
}
