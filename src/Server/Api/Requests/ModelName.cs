using Hone.Server.Api.Errors;
using Hone.Server.Catalog;

namespace Hone.Server.Api.Requests;

/// <summary>The <c>model</c> parameter.</summary>
internal static class ModelName
{
    /// <summary>The named model, loaded. A missing name is a 400, an unknown one a 404.</summary>
    public static async ValueTask<ModelLease> AcquireAsync(IModelCatalog catalog, string? name, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(name))
            throw ApiError.Invalid("model", "you must provide a model parameter", "missing_required_parameter");
        return await catalog.AcquireAsync(name, cancel) ?? throw ApiError.UnknownModel(name);
    }
}
