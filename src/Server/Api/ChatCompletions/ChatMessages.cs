using System.Text.Json;
using System.Text.Json.Nodes;
using Hone.Server.Api.Errors;

namespace Hone.Server.Api.ChatCompletions;

/// <summary>
/// Checks messages and brings them to the one form that chat templates know: developer is system, an array of text parts is
/// one string. All other fields pass as the client sent them.
/// </summary>
internal static class ChatMessages
{
    private const int MaxMessages = 4096;

    public static JsonArray Normalise(JsonElement? messages)
    {
        if (messages is not { } given || given.ValueKind is JsonValueKind.Null)
            throw ApiError.Invalid("messages", "Missing required parameter: 'messages'.", "missing_required_parameter");
        if (given.ValueKind != JsonValueKind.Array)
            throw ApiError.Invalid("messages", "Invalid type for 'messages': expected an array of objects.", "invalid_type");
        if (given.GetArrayLength() is 0 or > MaxMessages)
            throw ApiError.Invalid("messages", $"Invalid 'messages': expected 1 to {MaxMessages} messages, got {given.GetArrayLength()}.", "invalid_value");
        var list = new JsonArray();
        foreach (var message in given.EnumerateArray())
            list.Add((JsonNode)One(message, $"messages[{list.Count}]"));
        return list;
    }

    private static JsonObject One(JsonElement message, string at)
    {
        if (message.ValueKind != JsonValueKind.Object)
            throw ApiError.Invalid(at, $"Invalid type for '{at}': expected an object.", "invalid_type");
        var copy = JsonObject.Create(message)!;
        var role = Role(message, at);
        copy["role"] = role;
        Unsupported(message, at);
        copy["content"] = message.TryGetProperty("content", out var content) && content.ValueKind != JsonValueKind.Null
            ? Text(content, $"{at}.content")
            : role == "assistant" && message.TryGetProperty("tool_calls", out _)
                ? null
                : throw ApiError.Invalid($"{at}.content", $"Missing required parameter: '{at}.content'.", "missing_required_parameter");
        return copy;
    }

    private static string Role(JsonElement message, string at)
    {
        if (!message.TryGetProperty("role", out var role))
            throw ApiError.Invalid($"{at}.role", $"Missing required parameter: '{at}.role'.", "missing_required_parameter");
        if (role.ValueKind != JsonValueKind.String)
            throw ApiError.Invalid($"{at}.role", $"Invalid type for '{at}.role': expected a string.", "invalid_type");
        return role.GetString() switch
        {
            "developer" => "system",
            "system" or "user" or "assistant" or "tool" or "function" => role.GetString()!,
            var other => throw ApiError.Invalid(
                $"{at}.role", $"Invalid value: '{other}'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.", "invalid_value"),
        };
    }

    private static void Unsupported(JsonElement message, string at)
    {
        if (message.TryGetProperty("audio", out var audio) && audio.ValueKind != JsonValueKind.Null)
            throw ApiError.Unsupported($"{at}.audio", "This server has no audio.");
    }

    private static string Text(JsonElement content, string at)
    {
        if (content.ValueKind == JsonValueKind.String)
            return content.GetString()!;
        if (content.ValueKind != JsonValueKind.Array)
            throw ApiError.Invalid(at, $"Invalid type for '{at}': expected a string or an array of parts.", "invalid_type");
        if (content.GetArrayLength() == 0)
            throw ApiError.Invalid(at, $"Invalid '{at}': empty array.", "empty_array");
        return string.Join('\n', content.EnumerateArray().Select((part, i) => Part(part, $"{at}[{i}]")));
    }

    private static string Part(JsonElement part, string at)
    {
        if (part.ValueKind == JsonValueKind.Object && part.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String)
        {
            if (type.GetString() is not ("text" or "refusal"))
                throw ApiError.Unsupported($"{at}.type", $"Parts of type '{type.GetString()}' are not supported: this model reads text.");
            if (part.TryGetProperty(type.GetString()!, out var text) && text.ValueKind == JsonValueKind.String)
                return text.GetString()!;
        }
        throw ApiError.Invalid(at, $"Invalid '{at}': expected {{\"type\": \"text\", \"text\": \"…\"}}.", "invalid_value");
    }
}
