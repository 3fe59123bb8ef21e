using Hone.Server.Api.Errors;

namespace Hone.Server.Api.Requests;

/// <summary>Bounds of single parameters. A value outside is refused, never clamped.</summary>
internal static class Check
{
    public static double Range(double? value, double min, double max, double otherwise, string param)
    {
        if (value is not double given)
            return otherwise;
        if (!double.IsFinite(given) || given < min || given > max)
            throw OutOfRange(param, given, min, max, given < min ? "decimal_below_min_value" : "decimal_above_max_value");
        return given;
    }

    public static int Range(int? value, int min, int max, int otherwise, string param)
    {
        if (value is not int given)
            return otherwise;
        if (given < min || given > max)
            throw OutOfRange(param, given, min, max, given < min ? "integer_below_min_value" : "integer_above_max_value");
        return given;
    }

    /// <summary>Every id must be a token of the model.</summary>
    public static void Tokens(IEnumerable<int> ids, int vocabulary, string param)
    {
        foreach (var id in ids)
        {
            if (id < 0 || id >= vocabulary)
                throw ApiError.Invalid(param, $"Invalid '{param}': {id} is not a token of this model (0 to {vocabulary - 1}).", "invalid_value");
        }
    }

    /// <summary>Refuses a known parameter that this server does not support, unless it has a value that changes nothing.</summary>
    public static void Unused(bool changesNothing, string param, string why)
    {
        if (!changesNothing)
            throw ApiError.Unsupported(param, why);
    }

    private static ApiError OutOfRange(string param, double given, double min, double max, string code) =>
        ApiError.Invalid(param, $"Invalid '{param}': {given} is not between {min} and {max}.", code);
}
