using Hone.Models.Config;
using Hone.Tokenization;
using Hone.Tokenization.ChatTemplates;

namespace Hone.Server.Catalog;

/// <summary>What the API knows of a model: its name and its text side. Tensors stay behind the engine.</summary>
/// <param name="Id">The name that clients use.</param>
/// <param name="Tokenizer">Text to ids and back; shared by all requests.</param>
/// <param name="Template">Chat template, or null if the model has none.</param>
/// <param name="EndTokens">Ids that end a response.</param>
/// <param name="ContextLength">Tokens of prompt and response together.</param>
/// <param name="Defaults">Sampling defaults of the model.</param>
internal sealed record ServedModel(
    string Id, HfTokenizer Tokenizer, ChatTemplate? Template, IReadOnlyList<int> EndTokens, int ContextLength, GenerationDefaults Defaults)
{
    /// <summary>Text of the start token, as templates see it.</summary>
    public string? BosToken { get; init; }

    public string? EosToken { get; init; }

    /// <summary>Id of the start token.</summary>
    public int? BosId { get; init; }

    /// <summary>Fill-in-middle tokens, if the model has them.</summary>
    public InfillTokens? Infill { get; init; }

    /// <summary>Adapter's number in the runner; 0 = the base model.</summary>
    public int Adapter { get; init; }
}

/// <summary>Ids around the parts of a fill-in-middle prompt.</summary>
internal sealed record InfillTokens(int Prefix, int Suffix, int Middle);
