using System.Text;
using Hone.Engine;

namespace Hone.Server.Api.Generation;

/// <summary>One choice of a non-streaming reply, put together from its updates.</summary>
internal sealed class FoldedChoice
{
    public StringBuilder Text { get; } = new();

    public List<GenerationEvent> Tokens { get; } = [];

    public List<GenerationEvent> PromptTokens { get; } = [];

    public string Finish { get; private set; } = "";

    public static FoldedChoice[] Many(int count) => [.. Enumerable.Range(0, count).Select(_ => new FoldedChoice())];

    public void Add(ChoiceUpdate update)
    {
        Text.Append(update.Piece.Text);
        Tokens.AddRange(update.Piece.Tokens);
        if (update.PromptToken is GenerationEvent prompt)
            PromptTokens.Add(prompt);
        Finish = update.Finish ?? Finish;
    }
}
