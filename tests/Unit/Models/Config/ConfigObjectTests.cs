using Hone.Models;
using Hone.Models.Config;
using Xunit;

namespace Hone.Unit.Models.Config;

public sealed class ConfigObjectTests
{
    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("1e300")]
    [InlineData("99999999999999999999999")]
    [InlineData("\"4\"")]
    [InlineData("true")]
    [InlineData("[4]")]
    [InlineData("{}")]
    [InlineData("{\"__float__\": \"Infinity\"}")]
    [InlineData("{\"__float__\": \"NaN\"}")]
    public void CountsAreBoundedWholeNumbers(string value)
    {
        var error = Assert.Throws<ModelFormatException>(() => Object($$"""{"layers": {{value}}}""").Count("layers"));
        Assert.Contains("'layers'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NullCountsAsAbsent()
    {
        var config = Object("""{"a": null, "b": 4.0}""");
        Assert.Equal(7, config.Count("a", 7));
        Assert.Equal(4, config.Count("b"));
        Assert.False(config.Has("a"));
        Assert.Null(config.Numbers("a"));
        Assert.Null(config.Section("a"));
        Assert.Throws<ModelFormatException>(() => config.Text("a"));
    }

    [Theory]
    [InlineData("5", new[] { 5 })]
    [InlineData("[5, 6]", new[] { 5, 6 })]
    [InlineData("null", new int[0])]
    public void IdsAreOneOrMany(string value, int[] expected) => Assert.Equal(expected, Object($$"""{"id": {{value}}}""").Ids("id"));

    [Theory]
    [InlineData("-5")]
    [InlineData("[1.5]")]
    [InlineData("[\"a\"]")]
    public void WhatIsNoIdIsRefused(string value) => Assert.Throws<ModelFormatException>(() => Object($$"""{"id": {{value}}}""").Ids("id"));

    private static ConfigObject Object(string json) => new("test", ConfigFile.Parse("test", json));
}
