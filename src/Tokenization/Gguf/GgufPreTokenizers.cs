using Hone.Tokenization.PreTokenizers;

namespace Hone.Tokenization.Gguf;

/// <summary>How a byte-level BPE of a GGUF file treats text before its merges.</summary>
/// <param name="Expressions">Splitting expressions, applied one after the other.</param>
/// <param name="Nfc">Text is brought to NFC first, as the model's own tokenizer.json does.</param>
/// <param name="IgnoreMerges">A piece that is a token is taken whole.</param>
/// <param name="AddBos">BOS is added if the file says nothing about it.</param>
internal sealed record GgufPreTokenizer(string[] Expressions, bool Nfc = false, bool IgnoreMerges = false, bool AddBos = false);

/// <summary>The values of <c>tokenizer.ggml.pre</c>; the names are those of llama.cpp's converter.</summary>
internal static class GgufPreTokenizers
{
    private const string TekkenExpression = @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
        + @"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private const string FalconPunctuation = @"[\p{P}\$\+<=>\^~\|`]+";

    private static readonly GgufPreTokenizer Gpt2 = new([KnownExpressions.Gpt2Expression]);
    private static readonly GgufPreTokenizer DigitsThenGpt2 = new([KnownExpressions.NumberExpression, KnownExpressions.Gpt2Expression]);
    private static readonly GgufPreTokenizer Llama3 = new([KnownExpressions.Llama3Expression], IgnoreMerges: true, AddBos: true);
    private static readonly GgufPreTokenizer Llama3WithoutBos = new([KnownExpressions.Llama3Expression]);
    private static readonly GgufPreTokenizer Qwen2 = new([KnownExpressions.Qwen2Expression], Nfc: true);
    private static readonly GgufPreTokenizer O200k = new([KnownExpressions.O200kExpression], IgnoreMerges: true);

    private static readonly Dictionary<string, GgufPreTokenizer> Known = new()
    {
        ["gpt-2"] = Gpt2,
        ["phi-2"] = Gpt2,
        ["mpt"] = Gpt2,
        ["olmo"] = Gpt2,
        ["roberta-bpe"] = Gpt2,
        ["jina-es"] = Gpt2,
        ["jina-de"] = Gpt2,
        ["jina-v1-en"] = Gpt2,
        ["jina-v2-es"] = Gpt2,
        ["jina-v2-de"] = Gpt2,
        ["jina-v2-code"] = Gpt2,
        ["modern-bert"] = Gpt2 with { Nfc = true },
        ["smollm"] = DigitsThenGpt2,
        ["starcoder"] = DigitsThenGpt2,
        ["refact"] = DigitsThenGpt2,
        ["command-r"] = DigitsThenGpt2 with { Nfc = true },
        ["codeshell"] = DigitsThenGpt2,
        ["exaone"] = DigitsThenGpt2,
        ["minerva-7b"] = DigitsThenGpt2,
        ["llama3"] = Llama3,
        ["llama-v3"] = Llama3,
        ["llama-bpe"] = Llama3,
        ["falcon3"] = Llama3,
        ["pixtral"] = Llama3,
        ["dbrx"] = Llama3WithoutBos,
        ["smaug-bpe"] = Llama3WithoutBos,
        ["chatglm-bpe"] = Llama3WithoutBos,
        ["glm4"] = Llama3WithoutBos,
        ["qwen2"] = Qwen2,
        ["deepseek-r1-qwen"] = Qwen2,
        ["stablelm2"] = new([KnownExpressions.Qwen2Expression]),
        ["megrez"] = Qwen2,
        ["gpt-4o"] = O200k,
        ["llama4"] = O200k,
        ["tekken"] = new([TekkenExpression], IgnoreMerges: true),
        ["deepseek-v3"] = new([KnownExpressions.NumbersExpression, KnownExpressions.CjkExpression, KnownExpressions.DeepSeekExpression]),
        ["deepseek-coder"] = new([@"[\r\n]", @"\s?\p{L}+", @"\s?\p{P}+", "[\u4E00-\u9FA5\u0800-\u4E00\uAC00-\uD7FF]+", @"\p{N}"]),
        ["falcon"] = new([FalconPunctuation, KnownExpressions.Gpt2Expression, "[0-9][0-9][0-9]"]),
        ["default"] = new([FalconPunctuation, KnownExpressions.Gpt2Expression, @"\p{N}+", "[0-9][0-9][0-9]"]),
    };

    public static GgufPreTokenizer Named(string name) => Known.GetValueOrDefault(name)
        ?? throw new TokenizerFormatException($"{GgufTokenizer.Where}.pre", $"the pre-tokenizer {Quote.Of(name)} is not known");
}
