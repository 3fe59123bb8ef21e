namespace Hone.Tokenization;

/// <summary>A token that is looked for in the text itself, before anything else is done with it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text.</param>
/// <param name="Special">A control token: left out of decoded text on request.</param>
/// <param name="Normalized">Looked for in the normalized text instead of the original.</param>
/// <param name="LeftStrip">Takes in the white space before it.</param>
/// <param name="RightStrip">Takes in the white space after it.</param>
/// <param name="SingleWord">Only found where no word character touches it.</param>
public sealed record AddedToken(
    int Id,
    string Content,
    bool Special,
    bool Normalized = false,
    bool LeftStrip = false,
    bool RightStrip = false,
    bool SingleWord = false);
