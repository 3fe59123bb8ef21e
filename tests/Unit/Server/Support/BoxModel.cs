using Hone.Models;
using Hone.Server.Catalog;
using Hone.TestKit;

namespace Hone.Unit.Server.Support;

/// <summary>The text side of the model in the box, without its weights.</summary>
internal static class BoxModel
{
    private static readonly Lazy<ServedModel> Loaded = new(() =>
    {
        using var source = ModelSource.Open(Directory.EnumerateFiles(Repository.PathTo("deploy", "models"), "*-00001-of-*.gguf").Single());
        return ModelText.Load(source, "box");
    });

    public static ServedModel Served => Loaded.Value;
}
