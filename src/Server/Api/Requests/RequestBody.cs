using System.Net;
using System.Text.Json;
using Hone.Server.Api.Errors;

namespace Hone.Server.Api.Requests;

/// <summary>A request body in which names that the contract does not know are kept, so that they can be refused or reported.</summary>
internal interface IHasUnknownFields
{
    Dictionary<string, JsonElement>? UnknownFields { get; }
}

/// <summary>Reads JSON bodies. What can't be read is a 400 that names the place.</summary>
internal static class RequestBody
{
    public const string IgnoredHeader = "hone-ignored-params";

    public static async Task<T> ReadAsync<T>(HttpContext context, bool lenient) where T : class, IHasUnknownFields
    {
        // A page of a stranger can post other types to a server on loopback without asking the browser; JSON it can't.
        if (!context.Request.HasJsonContentType())
            throw new ApiError(HttpStatusCode.UnsupportedMediaType, "invalid_request_error", "Send the body as JSON, with the header 'Content-Type: application/json'.", null, "unsupported_media_type");
        var bytes = await ReadBytesAsync(context);
        T? body;
        try
        {
            RequestText.Check(bytes.Span);
            body = JsonSerializer.Deserialize<T>(bytes.Span, Json.Options);
        }
        catch (JsonException problem)
        {
            throw Malformed(problem);
        }
        if (body is null)
            throw ApiError.Invalid(null, "The request body must be a JSON object.");
        if (body.UnknownFields is { Count: > 0 } unknown)
        {
            if (!lenient)
                throw ApiError.Invalid(unknown.Keys.First(), $"Unrecognized request argument supplied: {unknown.Keys.First()}", "unknown_parameter");
            context.Response.Headers[IgnoredHeader] = string.Join(", ", unknown.Keys.Select(Uri.EscapeDataString));
        }
        return body;
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadBytesAsync(HttpContext context)
    {
        using var buffer = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? 0, 1 << 20));
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        return bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }

    private static ApiError Malformed(JsonException problem)
    {
        // System.Text.Json's path is "$.stop[1]"; a wrong type has a path, a malformed text has a line.
        var path = problem.Path is { Length: > 2 } found && found.StartsWith("$.", StringComparison.Ordinal) ? found[2..] : null;
        if (path is not null && problem.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
            return ApiError.Invalid(path, $"Invalid type or value for '{path}'.", "invalid_type");
        var line = (problem.LineNumber ?? 0) + 1;
        var column = (problem.BytePositionInLine ?? 0) + 1;
        return ApiError.Invalid(null, $"We could not parse the JSON body of your request (line {line}, byte {column}). The API expects a JSON object.");
    }
}
