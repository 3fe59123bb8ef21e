using System.Net;
using System.Security.Cryptography;
using System.Text;
using Hone.Server.Api.Errors;
using Hone.Server.Api.Requests;
using Hone.Server.Settings;

namespace Hone.Server.Auth;

/// <summary>
/// Asks every route but health checks, the page's files and the API's description for the key. Keys are compared as hashes in
/// constant time. Without a key the server is open, which it allows on loopback only.
/// </summary>
internal sealed class ApiKeyMiddleware(RequestDelegate next, ServerOptions options)
{
    private readonly byte[][] keys = [.. options.ApiKeys.Select(Hash)];

    public Task InvokeAsync(HttpContext context)
    {
        if (keys.Length == 0 || IsOpen(context))
            return next(context);
        if (Presented(context) is not string key)
            throw Refusal("You didn't provide an API key. Provide it in an Authorization header with Bearer auth (Authorization: Bearer YOUR_KEY).", null);
        var hash = Hash(key);
        var known = false;
        foreach (var candidate in keys)
            known |= CryptographicOperations.FixedTimeEquals(candidate, hash);
        if (!known)
            throw Refusal("Incorrect API key provided.", "invalid_api_key");
        Tenant.Set(context, Convert.ToHexString(hash));
        return next(context);
    }

    private static bool IsOpen(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<OpenRoute>() is not null;

    private static string? Presented(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header.Length > 7 ? header[7..].Trim() : null;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private static ApiError Refusal(string message, string? code) =>
        new(HttpStatusCode.Unauthorized, "invalid_request_error", message, null, code);
}

/// <summary>Marks a route that needs no key.</summary>
internal sealed class OpenRoute;
