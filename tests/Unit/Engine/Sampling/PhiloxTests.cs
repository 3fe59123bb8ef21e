using Hone.Engine.Sampling;

namespace Hone.Unit.Engine.Sampling;

public sealed class PhiloxTests
{
    /// <summary>Known answers of the reference implementation (Random123, kat_vectors, philox4x32 10).</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627E8D5u, 0xE169C58Du, 0xBC57AC4Cu, 0x9B00DBD8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408F276Du, 0x41C83B0Eu, 0xA20BC7C6u, 0x6D5451FDu)]
    [InlineData(0x243F6A88u, 0x85A308D3u, 0x13198A2Eu, 0x03707344u, 0xA4093822u, 0x299F31D0u, 0xD16CFE09u, 0x94FDCCEBu, 0x5001E420u, 0x24126EA1u)]
    public void Gives_the_known_answers(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint x0, uint x1, uint x2, uint x3) =>
        Assert.Equal((x0, x1, x2, x3), Philox.Block(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void Draws_differ_by_seed_choice_and_position() =>
        Assert.Equal(8, (from seed in (ulong[])[1, 1ul << 40] from choice in (int[])[0, 1] from position in (int[])[0, 1] select Philox.Draw(seed, choice, position)).Distinct().Count());
}
