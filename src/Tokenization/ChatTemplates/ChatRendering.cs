namespace Hone.Tokenization.ChatTemplates;

/// <summary>A rendered conversation.</summary>
/// <param name="Text">The prompt; what the request gave is untrusted.</param>
/// <param name="Generated">UTF-16 ranges that came out of <c>{% generation %}</c> blocks: what the assistant said, for training on it.</param>
public sealed record ChatRendering(MarkedText Text, IReadOnlyList<Range> Generated);
