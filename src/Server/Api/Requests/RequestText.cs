using System.Text.Json;
using System.Text.Unicode;
using Hone.Server.Api.Errors;

namespace Hone.Server.Api.Requests;

/// <summary>
/// What JSON elements check only when they are read: that the bytes are UTF-8 and that every escape spells a character. Checked
/// first, no text of a request can fail later.
/// </summary>
internal static class RequestText
{
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static void Check(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
            throw ApiError.Invalid(null, "The request body is not valid UTF-8.");
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Json.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped)
                continue;
            try
            {
                _ = reader.GetString();
            }
            catch (InvalidOperationException)
            {
                throw ApiError.Invalid(null, $"The request body has half of a surrogate pair (\\ud800 … \\udfff) at byte {reader.TokenStartIndex}.");
            }
        }
    }
}
