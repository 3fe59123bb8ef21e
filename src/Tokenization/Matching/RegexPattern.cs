using System.Diagnostics;
using System.Text.RegularExpressions;
using Hone.Tokenization.Text;

namespace Hone.Tokenization.Matching;

/// <summary>
/// An Oniguruma expression run by .NET's engine. That engine sees UTF-16, so characters beyond U+FFFF are matched through stand-ins
/// of the same kind; positions stay in the text given.
/// </summary>
internal sealed class RegexPattern : IPattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly Regex _regex;
    private readonly StandIns _standIns;

    /// <exception cref="TokenizerFormatException">The expression is malformed or uses what is not supported here.</exception>
    public RegexPattern(string expression, string where)
    {
        Expression = expression;
        var translated = new OnigurumaTranslator(expression, where).Translate();
        _standIns = new StandIns(translated.Explicit, translated.Scripts);
        try
        {
            _regex = new Regex(translated.Pattern, RegexOptions.CultureInvariant, Limit);
        }
        catch (ArgumentException e)
        {
            throw new TokenizerFormatException(where, $"not a valid regular expression: {e.Message}", e);
        }
    }

    /// <summary>The expression as it was given.</summary>
    public string Expression { get; }

    /// <exception cref="TokenizationException">Matching took longer than the limit.</exception>
    public List<Match> Matches(ReadOnlySpan<char> text)
    {
        var (input, positions) = _standIns.Replace(text);
        var result = new List<Match>();
        var last = 0;
        foreach (var (start, end) in Find(input))
        {
            if (start > last)
                result.Add(new(Range(last, start), false));
            result.Add(new(Range(start, end), true));
            last = end;
        }
        if (last < input.Length)
            result.Add(new(Range(last, input.Length), false));
        return result;

        TextRange Range(int start, int end) =>
            positions is null ? new(start, end - start) : new(positions[start], positions[end] - positions[start]);
    }

    // Successive matches as Oniguruma's iterator gives them: an empty match just where the last one ended does not count.
    private IEnumerable<(int Start, int End)> Find(string input)
    {
        var watch = Stopwatch.StartNew();
        var lastEnd = -1;
        for (var at = 0; at <= input.Length;)
        {
            if (Next(input, at, watch) is not { } match)
                yield break;
            if (match.Start == match.End && match.End == lastEnd)
            {
                at++;
                continue;
            }
            at = lastEnd = match.End;
            yield return match;
        }
    }

    private (int Start, int End)? Next(string input, int at, Stopwatch watch)
    {
        try
        {
            var match = _regex.Match(input, at);
            if (watch.Elapsed <= Limit)
                return match.Success ? (match.Index, match.Index + match.Length) : null;
        }
        catch (RegexMatchTimeoutException)
        {
            // The same answer as for many matches that together take too long.
        }
        throw new TokenizationException($"The tokenizer's expression {Expression} takes more than {Limit.TotalSeconds} s on a text of {input.Length} characters.");
    }
}
