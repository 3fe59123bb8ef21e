using System.Text.RegularExpressions;

namespace Hone.Server.Catalog;

/// <summary>A model's name and where it lies: a GGUF file (of several shards the first) or a Hugging Face folder.</summary>
internal sealed record ModelLocation(string Id, string Path);

/// <summary>What <c>--model [NAME=]PATH</c> says: a GGUF file, a Hugging Face folder, or a folder of such.</summary>
internal static partial class ModelLocator
{
    /// <summary>Folder of the model that travels with the program; served when no model is named.</summary>
    public static string BoxFolder => Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>All models of all arguments, in order. Throws <see cref="ModelNotFoundException"/>.</summary>
    public static IReadOnlyList<ModelLocation> Locate(IReadOnlyList<string> arguments)
    {
        var found = (arguments.Count == 0 ? [BoxFolder] : arguments).SelectMany(One).ToList();
        var twice = found.GroupBy(m => m.Id).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new ModelNotFoundException($"Two models are called '{twice.Key}' ({string.Join(" and ", twice.Select(m => m.Path))}). Name one of them: --model NAME=PATH.");
        return found;
    }

    private static IEnumerable<ModelLocation> One(string argument)
    {
        var (name, path) = Split(argument);
        if (IsModel(path))
            return [new ModelLocation(name ?? IdOf(path), path)];
        if (!Directory.Exists(path))
            throw new ModelNotFoundException($"There is no model at '{path}': expected a .gguf file, a folder with config.json, or a folder of such.");
        var inside = Directory.EnumerateFileSystemEntries(path).Where(IsModel).Order(StringComparer.Ordinal).ToList();
        if (inside.Count == 0)
            throw new ModelNotFoundException($"The folder '{path}' holds no model: neither config.json nor a .gguf file nor folders with config.json.");
        if (name is not null && inside.Count > 1)
            throw new ModelNotFoundException($"The folder '{path}' holds {inside.Count} models, so one name '{name}' is not enough. Name the files themselves.");
        return inside.Select(p => new ModelLocation(name ?? IdOf(p), p));
    }

    /// <summary>NAME=PATH, unless the whole is the path of something that exists.</summary>
    private static (string? Name, string Path) Split(string argument)
    {
        var at = argument.IndexOf('=', StringComparison.Ordinal);
        return at <= 0 || Path.Exists(argument) ? (null, argument) : (argument[..at], argument[(at + 1)..]);
    }

    private static bool IsModel(string path) =>
        Directory.Exists(path)
            ? File.Exists(Path.Combine(path, "config.json"))
            : path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) && File.Exists(path) && ShardNumber(path) is null or 1;

    private static int? ShardNumber(string path) => Shard().Match(path) is { Success: true } match ? int.Parse(match.Groups[1].Value) : null;

    private static string IdOf(string path)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        if (Directory.Exists(path))
            return name;
        return Shard().Replace(name, "") is var unsharded && unsharded != name ? unsharded : Path.GetFileNameWithoutExtension(name);
    }

    [GeneratedRegex(@"-(\d{5})-of-\d{5}\.gguf$", RegexOptions.IgnoreCase)]
    private static partial Regex Shard();
}

/// <summary>A model that the operator named is not there.</summary>
internal sealed class ModelNotFoundException(string message) : Exception(message);
