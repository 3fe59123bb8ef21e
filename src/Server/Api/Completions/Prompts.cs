using System.Text.Json;
using Hone.Server.Api.Errors;
using Hone.Server.Catalog;

namespace Hone.Server.Api.Completions;

/// <summary>The <c>prompt</c> parameter in its four forms, as ids.</summary>
internal static class Prompts
{
    private const int MaxPrompts = 1024;

    public static IReadOnlyList<int[]> Read(JsonElement? prompt, string? suffix, ServedModel model)
    {
        var prompts = prompt switch
        {
            { ValueKind: JsonValueKind.String } one => [Encode(one, suffix, model)],
            { ValueKind: JsonValueKind.Array } array when array.GetArrayLength() > 0 => ReadArray(array, suffix, model),
            null or { ValueKind: JsonValueKind.Null } => throw ApiError.Invalid("prompt", "Missing required parameter: 'prompt'.", "missing_required_parameter"),
            _ => throw Wrong(),
        };
        if (prompts.Count > MaxPrompts)
            throw ApiError.Invalid("prompt", $"Invalid 'prompt': at most {MaxPrompts} prompts.", "array_above_max_length");
        for (var i = 0; i < prompts.Count; i++)
        {
            if (prompts[i].Length == 0)
                throw ApiError.Invalid("prompt", $"Invalid 'prompt': prompt {i} has no tokens.", "invalid_value");
        }
        return prompts;
    }

    private static List<int[]> ReadArray(JsonElement array, string? suffix, ServedModel model)
    {
        var kinds = array.EnumerateArray().Select(e => e.ValueKind).Distinct().ToList();
        return kinds switch
        {
            [JsonValueKind.String] => [.. array.EnumerateArray().Select(e => Encode(e, suffix, model))],
            [JsonValueKind.Number] => [Ids(array, model)],
            [JsonValueKind.Array] => [.. array.EnumerateArray().Select(e => Ids(e, model))],
            _ => throw Wrong(),
        };
    }

    /// <summary>A raw prompt is the operator's or developer's own text: control tokens in it are meant.</summary>
    private static int[] Encode(JsonElement text, string? suffix, ServedModel model)
    {
        if (suffix is null)
            return [.. model.Tokenizer.Encode(text.GetString()!, addSpecialTokens: true)];
        if (model.Infill is not { } infill)
            throw ApiError.Invalid("suffix", $"The model `{model.Id}` has no fill-in-middle tokens, so 'suffix' is not supported.", "unsupported_parameter");
        return
        [
            infill.Prefix, .. model.Tokenizer.Encode(text.GetString()!, addSpecialTokens: false),
            infill.Suffix, .. model.Tokenizer.Encode(suffix, addSpecialTokens: false), infill.Middle,
        ];
    }

    private static int[] Ids(JsonElement array, ServedModel model)
    {
        var ids = new int[array.GetArrayLength()];
        var i = 0;
        foreach (var element in array.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out var id) || id < 0 || id >= model.Tokenizer.VocabularySize)
                throw ApiError.Invalid("prompt", $"Invalid 'prompt': {element} is not a token of this model (0 to {model.Tokenizer.VocabularySize - 1}).", "invalid_value");
            ids[i++] = id;
        }
        return ids;
    }

    private static ApiError Wrong() => ApiError.Invalid(
        "prompt", "Invalid type for 'prompt': expected a string, an array of strings, an array of token ids, or an array of arrays of token ids.", "invalid_type");
}
