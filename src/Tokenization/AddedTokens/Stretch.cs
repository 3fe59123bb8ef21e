using Hone.Tokenization.Text;

namespace Hone.Tokenization.AddedTokens;

/// <summary>A stretch of a text: an added token, or (null) the text between two of them.</summary>
internal readonly record struct Stretch(TextRange Range, AddedToken? Token);
