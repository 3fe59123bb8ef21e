using System.Text;
using Hone.Tokenization.Matching;
using Hone.Tokenization.Unicode;

namespace Hone.Tokenization.PreTokenizers;

/// <summary>The pre-tokenizers that split at single characters of a kind.</summary>
internal static class CharacterSplits
{
    private static readonly Lazy<CodePointSet> PunctuationSet = new(() => UnicodeResource.Class("Punctuation"));

    private static readonly CharacterPattern PunctuationPattern = new(r => PunctuationSet.Value.Contains(r.Value));

    public static Splitter WhitespaceSplit { get; } = new PatternSplitter(new CharacterPattern(Rune.IsWhiteSpace), SplitBehavior.Removed);

    public static IPreTokenizer Bert { get; } = new SequencePreTokenizer([WhitespaceSplit, Punctuation(SplitBehavior.Isolated)]);

    public static Splitter Punctuation(SplitBehavior behavior) => new PatternSplitter(PunctuationPattern, behavior);

    public static Splitter Delimiter(Rune delimiter) => new PatternSplitter(new CharacterPattern(r => r == delimiter), SplitBehavior.Removed);
}
