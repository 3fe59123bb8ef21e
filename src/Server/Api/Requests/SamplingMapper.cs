using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Hone.Engine.Sampling;
using Hone.Server.Api.Errors;
using Hone.Server.Catalog;

namespace Hone.Server.Api.Requests;

/// <summary>The shared fields of a request as the engine's options, each checked. Absent ones take the model's defaults, else OpenAI's.</summary>
internal static class SamplingMapper
{
    private const int MaxStops = 16;
    private const int MaxStopLength = 1024;

    public static SamplingOptions Map(GenerationFields fields, ServedModel model)
    {
        var defaults = model.Defaults;
        return new SamplingOptions
        {
            Temperature = Check.Range(fields.Temperature, 0, 2, defaults.Temperature ?? 1, "temperature"),
            TopP = Check.Range(fields.TopP, 0, 1, defaults.TopP ?? 1, "top_p"),
            TopK = TopK(fields.TopK, defaults.TopK ?? 0),
            MinP = Check.Range(fields.MinP, 0, 1, defaults.MinP ?? 0, "min_p"),
            TypicalP = Check.Range(fields.TypicalP, 0, 1, 1, "typical_p"),
            FrequencyPenalty = Check.Range(fields.FrequencyPenalty, -2, 2, 0, "frequency_penalty"),
            PresencePenalty = Check.Range(fields.PresencePenalty, -2, 2, 0, "presence_penalty"),
            RepetitionPenalty = Positive(fields.RepetitionPenalty, defaults.RepetitionPenalty ?? 1, "repetition_penalty"),
            LogitBias = LogitBias(fields.LogitBias, model.Tokenizer.VocabularySize),
            Seed = fields.Seed is long seed ? unchecked((ulong)seed) : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)),
        };
    }

    /// <summary>Stop strings: null, one string, or an array.</summary>
    public static IReadOnlyList<string> Stops(JsonElement? stop)
    {
        var stops = stop switch
        {
            null or { ValueKind: JsonValueKind.Null } => [],
            { ValueKind: JsonValueKind.String } one => [one.GetString()!],
            { ValueKind: JsonValueKind.Array } many when many.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) =>
                many.EnumerateArray().Select(e => e.GetString()!).ToList(),
            _ => throw ApiError.Invalid("stop", "Invalid type for 'stop': expected a string or an array of strings.", "invalid_type"),
        };
        if (stops.Count > MaxStops)
            throw ApiError.Invalid("stop", $"Invalid 'stop': array too long. Expected at most {MaxStops} strings.", "array_above_max_length");
        if (stops.Any(s => s.Length is 0 or > MaxStopLength))
            throw ApiError.Invalid("stop", $"Invalid 'stop': a stop string must have 1 to {MaxStopLength} characters.", "invalid_value");
        return stops;
    }

    /// <summary>Ids that end a choice: the model's own unless ignored, and the client's.</summary>
    public static IReadOnlyList<int> StopTokens(GenerationFields fields, ServedModel model)
    {
        var own = fields.StopTokenIds ?? [];
        if (own.Count > 128)
            throw ApiError.Invalid("stop_token_ids", "Invalid 'stop_token_ids': expected at most 128 ids.", "array_above_max_length");
        Check.Tokens(own, model.Tokenizer.VocabularySize, "stop_token_ids");
        return fields.IgnoreEos == true ? own : [.. model.EndTokens, .. own];
    }

    /// <summary>−1 (vLLM) and 0 (llama.cpp) both say: all.</summary>
    private static int TopK(int? value, int otherwise)
    {
        var k = Check.Range(value, -1, int.MaxValue, otherwise, "top_k");
        return k == -1 ? 0 : k;
    }

    private static double Positive(double? value, double otherwise, string param)
    {
        var given = Check.Range(value, 0, 100, otherwise, param);
        return given > 0 ? given : throw ApiError.Invalid(param, $"Invalid '{param}': it must be greater than 0.", "decimal_below_min_value");
    }

    private static IReadOnlyDictionary<int, float> LogitBias(Dictionary<string, double>? given, int vocabulary)
    {
        if (given is null)
            return new Dictionary<int, float>();
        if (given.Count > 1024)
            throw ApiError.Invalid("logit_bias", "Invalid 'logit_bias': at most 1024 tokens.", "object_above_max_properties");
        var biases = new Dictionary<int, float>(given.Count);
        foreach (var (token, bias) in given)
        {
            if (!int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id >= vocabulary)
                throw ApiError.Invalid("logit_bias", $"Invalid key in 'logit_bias': '{token}' is not a token id of this model (0 to {vocabulary - 1}).", "invalid_value");
            biases[id] = (float)Check.Range(bias, -100, 100, 0, "logit_bias");
        }
        return biases;
    }
}
