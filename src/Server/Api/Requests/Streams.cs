using Hone.Server.Api.Errors;

namespace Hone.Server.Api.Requests;

/// <summary><c>stream</c> and <c>stream_options</c>.</summary>
internal static class Streams
{
    public static (bool Stream, bool IncludeUsage) Of(GenerationFields fields)
    {
        var stream = fields.Stream ?? false;
        if (fields.StreamOptions is not { } options)
            return (stream, false);
        if (!stream)
            throw ApiError.Invalid("stream_options", "The 'stream_options' parameter is only allowed when 'stream' is enabled.", "invalid_value");
        if (options.UnknownFields is { Count: > 0 } unknown)
            throw ApiError.Invalid($"stream_options.{unknown.Keys.First()}", $"Unrecognized request argument supplied: stream_options.{unknown.Keys.First()}", "unknown_parameter");
        Check.Unused(options.IncludeObfuscation is null or false, "stream_options.include_obfuscation", "Obfuscation of streams is not supported.");
        return (stream, options.IncludeUsage ?? false);
    }
}
