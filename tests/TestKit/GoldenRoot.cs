using Xunit;

namespace Hone.TestKit;

/// <summary>
/// The reference outputs: <c>$HONE_GOLDEN</c>, else <c>$HONE_SHARED/golden</c>, else the small set in tests/Golden/data.
/// Every golden found in the folder is run; tests hold no list of them.
/// </summary>
public static class GoldenRoot
{
    public static string Root { get; } = Find();

    /// <summary>The file or folder, or a skip of the calling test that names what is missing.</summary>
    public static string Require(params string[] parts)
    {
        var path = Path.Combine([Root, .. parts]);
        if (!File.Exists(path) && !Directory.Exists(path))
            Assert.Skip($"{Path.Combine(parts)} is not in the golden set at {Root}.");
        return path;
    }

    /// <summary>True if the set has that file or folder.</summary>
    public static bool Has(params string[] parts)
    {
        var path = Path.Combine([Root, .. parts]);
        return File.Exists(path) || Directory.Exists(path);
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("HONE_GOLDEN") is { Length: > 0 } set)
            return set;
        var shared = Path.Combine(Shared.Root, "golden");
        return Directory.Exists(shared) ? shared : Repository.PathTo("tests", "Golden", "data");
    }
}
