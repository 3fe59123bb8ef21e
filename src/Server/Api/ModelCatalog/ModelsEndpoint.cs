using Hone.Server.Api.Errors;
using Hone.Server.Catalog;

namespace Hone.Server.Api.ModelCatalog;

/// <summary>GET /v1/models and /v1/models/{id}. Ids may hold slashes.</summary>
internal sealed class ModelsEndpoint(IModelCatalog catalog)
{
    public ModelList List() => new("list", [.. catalog.Entries.Select(ModelObject.Of)]);

    public ModelObject Get(string id) =>
        catalog.Entries.FirstOrDefault(e => e.Id == id) is { } entry ? ModelObject.Of(entry) : throw ApiError.UnknownModel(id);
}

internal sealed record ModelList(string Object, IReadOnlyList<ModelObject> Data);

internal sealed record ModelObject(string Id, string Object, long Created, string OwnedBy, string Root)
{
    public static ModelObject Of(ModelEntry entry) => new(entry.Id, "model", entry.Created.ToUnixTimeSeconds(), "hone", entry.Root);
}
