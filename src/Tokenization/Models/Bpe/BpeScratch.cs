namespace Hone.Tokenization.Models.Bpe;

/// <summary>What one thread needs to encode words: a word to merge in, and the words it has seen.</summary>
internal sealed class BpeScratch(MergeTable merges)
{
    public BpeWord Word { get; } = new(merges);

    public WordCache Cache { get; } = new();
}
