using Hone.TestKit;

namespace Hone.Golden.Models;

/// <summary>What is found in the golden set, in no other order than the alphabet's.</summary>
internal static class GoldenModels
{
    /// <summary>Folders of golden/models that hold a model.</summary>
    public static IEnumerable<string> Folders() => Names("models", Directory.Exists).Where(name => GoldenRoot.Has("models", name, "config.json"));

    /// <summary>GGUF files of golden/gguf.</summary>
    public static IEnumerable<string> GgufFiles() => Names("gguf", File.Exists).Where(name => name.EndsWith(".gguf", StringComparison.Ordinal));

    private static IEnumerable<string> Names(string area, Func<string, bool> wanted) => GoldenRoot.Has(area)
        ? Directory.EnumerateFileSystemEntries(Path.Combine(GoldenRoot.Root, area)).Where(wanted).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)
        : [];
}
