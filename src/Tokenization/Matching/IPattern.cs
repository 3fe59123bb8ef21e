using Hone.Tokenization.Text;

namespace Hone.Tokenization.Matching;

/// <summary>One stretch of a text: a match of the pattern, or what lies before, between and after matches.</summary>
internal readonly record struct Match(TextRange Range, bool IsMatch);

/// <summary>Something to look for in a text.</summary>
internal interface IPattern
{
    /// <summary>The whole text as stretches in order. Only matches can be empty.</summary>
    List<Match> Matches(ReadOnlySpan<char> text);
}
