using Xunit;

namespace Hone.TestKit;

/// <summary>Comparison of many numbers at one absolute tolerance.</summary>
public static class Near
{
    /// <summary>Fails unless every |actual − expected| ≤ tolerance; a NaN fails.</summary>
    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {actual.Length} numbers instead of {expected.Length}.");
        if (expected.IsEmpty)
            return;
        var (worst, at) = (0.0, 0);
        for (var i = 0; i < expected.Length; i++)
        {
            var distance = Math.Abs((double)actual[i] - expected[i]);
            if (!(distance <= worst))
                (worst, at) = (distance, i);
            if (double.IsNaN(distance))
                break;
        }
        Assert.True(worst <= tolerance, $"{what}: off by {worst:g3} at {at} ({actual[at]:g6} instead of {expected[at]:g6}); tolerance {tolerance:g3}.");
    }
}
