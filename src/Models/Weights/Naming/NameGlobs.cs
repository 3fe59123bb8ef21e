using System.IO.Enumeration;

namespace Hone.Models.Weights.Naming;

/// <summary>Tensor names that a file may hold although nobody asks for them.</summary>
internal sealed class NameGlobs(IReadOnlyList<string> globs)
{
    /// <summary>Of every family: rotation tables that old files carry; GGUF keeps them as tensors, which the configuration reads.</summary>
    private static readonly string[] Always = ["*.rotary_emb.inv_freq", "rope_freqs.weight", "rope_factors_long.weight", "rope_factors_short.weight"];

    public bool Match(string name) => Always.Concat(globs).Any(glob => FileSystemName.MatchesSimpleExpression(glob, name, ignoreCase: false));

    /// <summary>The globs of names that begin in one way, for files in which they begin in another.</summary>
    public static IEnumerable<string> Moved(IEnumerable<string> globs, string from, string to) =>
        globs.Where(glob => glob.StartsWith(from, StringComparison.Ordinal)).Select(glob => to + glob[from.Length..]);
}
