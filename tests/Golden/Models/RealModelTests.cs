using Hone.Models;
using Hone.TestKit;
using Xunit;

namespace Hone.Golden.Models;

/// <summary>Public downloads that lie beside the golden set open as they are.</summary>
public sealed class RealModelTests
{
    public static TheoryData<string> Found()
    {
        var names = new TheoryData<string>();
        var models = Path.Combine(Shared.Root, "models");
        if (!Directory.Exists(models))
            return names;
        foreach (var entry in Directory.EnumerateFileSystemEntries(models).Order(StringComparer.Ordinal))
        {
            if (entry.EndsWith(".gguf", StringComparison.Ordinal) || File.Exists(Path.Combine(entry, "config.json")))
                names.Add(Path.GetFileName(entry));
        }
        return names;
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Found), DisableDiscoveryEnumeration = true)]
    public void Opens(string name)
    {
        using var source = ModelSource.Open(Shared.Require("models", name));
        Assert.NotEmpty(source.Graph.Weights);
        Assert.Equal(64, source.WeightsHash.Length);
        Assert.InRange(source.Config.ContextLength, 1, int.MaxValue);
    }
}
