using Hone.Server.Api.Generation;

namespace Hone.Unit.Server.Api;

public sealed class StopStringsTests
{
    /// <summary>However the text is cut into pieces, what is shown is the text before the first stop string.</summary>
    [Theory]
    [InlineData("abcSTOPdef", "STOP", "abc")]
    [InlineData("abcSTSTOPdef", "STOP", "abcST")]
    [InlineData("aaaaab", "aab", "aaa")]
    [InlineData("no stop here", "STOP", "no stop here")]
    [InlineData("ends with STO", "STOP", "ends with STO")]
    [InlineData("two|stops", "stops;|", "two")]
    public void Every_split_shows_the_same(string text, string stops, string shown)
    {
        for (var first = 0; first <= text.Length; first++)
        {
            for (var second = first; second <= text.Length; second++)
            {
                var matcher = new StopStrings(stops.Split(';'), keepStop: false);
                var released = matcher.Append(text[..first]) + matcher.Append(text[first..second]) + matcher.Append(text[second..]) + matcher.Flush();
                Assert.Equal(shown, released);
                Assert.Equal(shown != text, matcher.Met);
            }
        }
    }

    [Fact]
    public void The_stop_string_is_kept_on_demand()
    {
        var matcher = new StopStrings(["END"], keepStop: true);
        Assert.Equal("text END", matcher.Append("text EN") + matcher.Append("D more") + matcher.Flush());
    }
}
