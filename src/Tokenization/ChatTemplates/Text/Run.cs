namespace Hone.Tokenization.ChatTemplates.Text;

/// <summary>Characters of one origin, from the end of the run before to <paramref name="End"/> (UTF-16 units).</summary>
internal readonly record struct Run(int End, Origin Origin);
