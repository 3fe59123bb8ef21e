using Hone.Tokenization.Matching;
using Hone.Tokenization.PreTokenizers.Scanners;

namespace Hone.Tokenization.PreTokenizers;

/// <summary>The splitting expressions that many tokenizers share, and the scanners that do their work.</summary>
internal static class KnownExpressions
{
    public const string Gpt2Expression = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public const string Llama3Expression = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public const string Qwen2Expression = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public const string O200kExpression = @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        + @"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        + @"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public const string NumbersExpression = @"\p{N}{1,3}";

    public const string NumberExpression = @"\p{N}";

    public const string CjkExpression = "[\u4E00-\u9FA5\u3040-\u309F\u30A0-\u30FF]+";

    // The line breaks in it are themselves, as in the model's file.
    public const string DeepSeekExpression = @"[!""#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+"
        + "|[^\r\n" + @"\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+" + "[\r\n]*" + @"|\s*" + "[\r\n]+" + @"|\s+(?!\S)|\s+";

    public static ScanningSplitter Gpt2 { get; } = new Gpt2Scanner();

    /// <summary>Every known expression with its scanner.</summary>
    public static IReadOnlyDictionary<string, ScanningSplitter> Scanners { get; } = new Dictionary<string, ScanningSplitter>
    {
        [Gpt2Expression] = Gpt2,
        [Llama3Expression] = new Cl100kScanner(3),
        [Qwen2Expression] = new Cl100kScanner(1),
        [O200kExpression] = new O200kScanner(),
        [NumbersExpression] = new NumberScanner(3),
        [NumberExpression] = new NumberScanner(1),
        [CjkExpression] = new CjkScanner(),
        [DeepSeekExpression] = new DeepSeekScanner(),
    };

    /// <summary>A splitter that isolates the matches of an expression: its scanner if it is a known one, else the expression itself.</summary>
    public static Splitter Isolate(string expression, string where) =>
        Scanners.TryGetValue(expression, out var scanner) ? scanner : Plain(expression, where);

    /// <summary>The same by the regular expression, known or not.</summary>
    public static Splitter Plain(string expression, string where) => new PatternSplitter(new RegexPattern(expression, where), SplitBehavior.Isolated);
}
