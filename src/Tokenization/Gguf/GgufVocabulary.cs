namespace Hone.Tokenization;

/// <summary>The keys <c>tokenizer.ggml.*</c> of a GGUF file, as they stand there; null where a key is missing.</summary>
public sealed record GgufVocabulary
{
    /// <summary><c>model</c>: gpt2 (byte-level BPE), llama (SentencePiece BPE), bert (WordPiece), t5 (Unigram).</summary>
    public required string Model { get; init; }

    /// <summary><c>pre</c>: the name of the splitting expressions of a byte-level BPE.</summary>
    public string? Pre { get; init; }

    /// <summary><c>tokens</c>, by id.</summary>
    public required string[] Tokens { get; init; }

    /// <summary><c>token_type</c>, by id: 1 normal, 2 unknown, 3 control, 4 user defined, 5 unused, 6 byte. Empty: all normal.</summary>
    public int[] TokenTypes { get; init; } = [];

    /// <summary><c>scores</c>, by id.</summary>
    public float[]? Scores { get; init; }

    /// <summary><c>merges</c>: pairs with a space between them.</summary>
    public string[]? Merges { get; init; }

    /// <summary><c>precompiled_charsmap</c>.</summary>
    public byte[]? PrecompiledCharsmap { get; init; }

    public int? BosId { get; init; }

    public int? EosId { get; init; }

    public int? UnknownId { get; init; }

    /// <summary><c>seperator_token_id</c> (so spelled in files).</summary>
    public int? SeparatorId { get; init; }

    public int? PaddingId { get; init; }

    public int? ClsId { get; init; }

    public int? MaskId { get; init; }

    public bool? AddBos { get; init; }

    public bool? AddEos { get; init; }

    public bool? AddSeparator { get; init; }

    public bool? AddSpacePrefix { get; init; }

    public bool? RemoveExtraWhitespaces { get; init; }

    /// <summary><c>normalizer.lowercase</c> of WordPiece models.</summary>
    public bool? Lowercase { get; init; }
}
