using Hone.Server.Catalog;

namespace Hone.Server.Cli;

/// <summary>Commands that work on a single model.</summary>
internal static class OneModel
{
    /// <summary>The model of the argument; empty = the one in the box. Of a folder with several, the person has to choose.</summary>
    public static ModelLocation Locate(string argument)
    {
        var found = ModelLocator.Locate(argument.Length == 0 ? [] : [argument]);
        return found.Count == 1 ? found[0] : throw new ModelNotFoundException($"'{argument}' holds {found.Count} models ({string.Join(", ", found.Select(m => m.Id))}). Name one of them by its path.");
    }
}
