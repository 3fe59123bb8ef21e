using System.Security.Cryptography;
using System.Text;

namespace Hone.Server.Api.Requests;

/// <summary>Whose prefixes a request may share: one tenant's (the key it came with), further divided by the client's own salt.</summary>
internal static class CacheSalts
{
    public static string For(HttpContext context, string? own)
    {
        if (own is { Length: > 128 })
            throw Errors.ApiError.Invalid("cache_salt", "Invalid 'cache_salt': at most 128 characters.", "string_above_max_length");
        var tenant = Tenant.Of(context);
        return tenant.Length == 0 && string.IsNullOrEmpty(own)
            ? ""
            : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}\0{own}")));
    }
}
