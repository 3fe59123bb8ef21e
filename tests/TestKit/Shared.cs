using Xunit;

namespace Hone.TestKit;

/// <summary>
/// Test data that lies outside the repository: models, tokenizers, constraints, data, api. The folder is <c>$HONE_SHARED</c>,
/// else <c>../shared</c> beside the repository. What is absent skips the test that asks for it, by name.
/// </summary>
public static class Shared
{
    public static string Root { get; } =
        Environment.GetEnvironmentVariable("HONE_SHARED") is { Length: > 0 } set ? set : Path.GetFullPath(Repository.PathTo("..", "shared"));

    /// <summary>The file or folder, or a skip of the calling test that names what is missing.</summary>
    public static string Require(params string[] parts)
    {
        var path = Path.Combine([Root, .. parts]);
        if (!File.Exists(path) && !Directory.Exists(path))
            Assert.Skip($"{Path.Combine(parts)} is not in the shared test data ({Root}; set HONE_SHARED).");
        return path;
    }
}
