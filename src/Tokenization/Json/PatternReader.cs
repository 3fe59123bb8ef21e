using Hone.Tokenization.Matching;

namespace Hone.Tokenization.Json;

/// <summary>Reads a pattern: <c>{"String": …}</c> or <c>{"Regex": …}</c>.</summary>
internal static class PatternReader
{
    public static IPattern Read(JsonPart part)
    {
        if (part["Regex"] is { IsNull: false } regex)
            return new RegexPattern(regex.String(), regex.Path);
        return new StringPattern(part["String"].String());
    }
}
