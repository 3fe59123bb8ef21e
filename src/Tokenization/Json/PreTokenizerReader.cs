using Hone.Tokenization.PreTokenizers;
using Hone.Tokenization.PreTokenizers.Scanners;

namespace Hone.Tokenization.Json;

/// <summary>Reads the <c>pre_tokenizer</c> of a tokenizer.json.</summary>
internal static class PreTokenizerReader
{
    public static IPreTokenizer? Read(JsonPart part) => part.IsNull ? null : part.Type switch
    {
        "Sequence" => new SequencePreTokenizer([.. part["pretokenizers"].Items().Select(p => Read(p) ?? throw p.Error("a pre-tokenizer was expected"))]),
        "ByteLevel" => new ByteLevelPreTokenizer(part["add_prefix_space"].Bool(true), part["use_regex"].Bool(true)),
        "Whitespace" => new WhitespaceSplitter(),
        "WhitespaceSplit" => CharacterSplits.WhitespaceSplit,
        "BertPreTokenizer" => CharacterSplits.Bert,
        "UnicodeScripts" => new UnicodeScriptsSplitter(),
        "CharDelimiterSplit" => CharacterSplits.Delimiter(part["delimiter"].Rune()),
        "FixedLength" => new FixedLengthSplitter(part["length"].Int(min: 1)),
        "Digits" => new DigitsScanner(part["individual_digits"].Bool(false)),
        "Punctuation" => CharacterSplits.Punctuation(part["behavior"].IsNull ? SplitBehavior.Isolated : Behavior(part["behavior"])),
        "Metaspace" => Metaspace(part),
        "Split" => Split(part),
        var type => throw part.Error($"the pre-tokenizer {Quote.Of(type)} is not known"),
    };

    private static MetaspacePreTokenizer Metaspace(JsonPart part) => new(
        part["replacement"].IsNull ? '\u2581' : part["replacement"].Char(), Scheme(part), part["split"].Bool(true));

    /// <summary>The scheme of a Metaspace; older files say it with <c>add_prefix_space</c>.</summary>
    public static PrependScheme Scheme(JsonPart part) =>
        !part["prepend_scheme"].IsNull
            ? part["prepend_scheme"].Choice(("always", PrependScheme.Always), ("first", PrependScheme.First), ("never", PrependScheme.Never))
            : part["add_prefix_space"].Bool(true) ? PrependScheme.Always : PrependScheme.Never;

    private static Splitter Split(JsonPart part)
    {
        var behavior = Behavior(part["behavior"]);
        var invert = part["invert"].Bool(false);
        if (behavior == SplitBehavior.Isolated && !invert && part["pattern"]["Regex"] is { IsNull: false } regex)
            return KnownExpressions.Isolate(regex.String(), regex.Path);
        return new PatternSplitter(PatternReader.Read(part["pattern"]), behavior, invert);
    }

    private static SplitBehavior Behavior(JsonPart part) => part.Choice(
        ("Removed", SplitBehavior.Removed),
        ("Isolated", SplitBehavior.Isolated),
        ("MergedWithPrevious", SplitBehavior.MergedWithPrevious),
        ("MergedWithNext", SplitBehavior.MergedWithNext),
        ("Contiguous", SplitBehavior.Contiguous));
}
