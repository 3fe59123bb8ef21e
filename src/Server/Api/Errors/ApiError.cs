using System.Net;

namespace Hone.Server.Api.Errors;

/// <summary>
/// The one error of the API. It has one mapping to an HTTP reply and one to the event that ends a stream
/// (<see cref="ErrorReply"/>), both with OpenAI's body.
/// </summary>
internal sealed class ApiError(HttpStatusCode status, string type, string message, string? param = null, string? code = null) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    public string Type { get; } = type;

    public string? Param { get; } = param;

    public string? Code { get; } = code;

    /// <summary>Seconds after which a retry makes sense; sent as <c>retry-after</c> with <c>x-should-retry: true</c>.</summary>
    public int? RetryAfterSeconds { get; init; }

    public ErrorBody Body => new(new ErrorDetail(Message, Type, Param, Code));

    /// <summary>400: a parameter is wrong.</summary>
    public static ApiError Invalid(string? param, string message, string? code = null) =>
        new(HttpStatusCode.BadRequest, "invalid_request_error", message, param, code);

    /// <summary>400: a parameter is known and not supported here (yet).</summary>
    public static ApiError Unsupported(string param, string what) => Invalid(param, what, "unsupported_parameter");

    /// <summary>400: the prompt, or prompt and max_tokens together, exceed the context.</summary>
    public static ApiError ContextLength(int limit, int prompt, int? completion, string param) => Invalid(
        param,
        completion is int wanted
            ? $"This model's maximum context length is {limit} tokens. However, you requested {(long)prompt + wanted} tokens ({prompt} in the prompt, {wanted} in the completion). Please reduce the length of the prompt or of the completion."
            : $"This model's maximum context length is {limit} tokens. However, your prompt has {prompt} tokens. Please reduce the length of the prompt.",
        "context_length_exceeded");

    /// <summary>404: no such model.</summary>
    public static ApiError UnknownModel(string model) => new(
        HttpStatusCode.NotFound, "invalid_request_error", $"The model `{model}` does not exist or you do not have access to it.", "model", "model_not_found");

    /// <summary>501: a route or feature that does not exist yet.</summary>
    public static ApiError NotBuilt(string what) => new(HttpStatusCode.NotImplemented, "invalid_request_error", what, null, "not_implemented");

    /// <summary>503: the queue is full or the server is about to stop.</summary>
    public static ApiError Overloaded(string message) =>
        new(HttpStatusCode.ServiceUnavailable, "service_unavailable_error", message, null, "server_is_overloaded") { RetryAfterSeconds = 1 };

    /// <summary>500: our fault; the log has the cause under the request's id.</summary>
    public static ApiError Internal() => new(
        HttpStatusCode.InternalServerError, "server_error", "The server had an error while processing your request. The server's log has the cause under this request's x-request-id.");
}

/// <summary><c>{"error": {…}}</c>; all four fields are always there.</summary>
internal sealed record ErrorBody(ErrorDetail Error);

internal sealed record ErrorDetail(string Message, string Type, string? Param, string? Code);
