using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hone.Server.Api;

/// <summary>How the API reads and writes JSON: OpenAI's snake_case, no duplicate names, nulls only where a contract keeps them.</summary>
internal static class Json
{
    /// <summary>Nesting that a request may have; clients refuse deeper replies too.</summary>
    public const int MaxDepth = 64;

    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        AllowDuplicateProperties = false,
        MaxDepth = MaxDepth,
        // Replies are application/json, never part of a page: readable text instead of \u escapes.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
