using Hone.Models;
using Hone.Models.Config;
using Xunit;

namespace Hone.Unit.Models.Config;

public sealed class ConfigFileTests
{
    [Theory]
    [InlineData("""{"a": [0.0, Infinity], "b": -Infinity}""", double.PositiveInfinity)]
    [InlineData("""{"a": [0.0, {"__float__": "Infinity"}], "b": {"__float__": "-Infinity"}}""", double.PositiveInfinity)]
    public void InfinitiesAreRead(string text, double expected)
    {
        var config = new ConfigObject("test", ConfigFile.Parse("test", text));
        Assert.Equal([0, expected], config.Numbers("a")!);
        Assert.Throws<ModelFormatException>(() => config.Number("b")); // where a finite one is needed
    }

    [Fact]
    public void InfinityWithinAStringStays()
    {
        var config = new ConfigObject("test", ConfigFile.Parse("test", """{"a": "to \"Infinity\" and", "b": Infinity}"""));
        Assert.Equal("to \"Infinity\" and", config.Text("a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"a": 1, "a": 2}""")]
    [InlineData("""{"a": NaN}""")]
    [InlineData("""{"a": Infinit}""")]
    public void WhatIsNoObjectIsRefused(string text) => Assert.Throws<ModelFormatException>(() => ConfigFile.Parse("test", text));

    [Fact]
    public void DeepNestingIsRefused()
    {
        var text = """{"a": """ + new string('[', 100_000) + new string(']', 100_000) + "}";
        Assert.Throws<ModelFormatException>(() => ConfigFile.Parse("test", text));
    }
}
