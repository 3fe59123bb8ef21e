namespace Hone.Tokenization.ChatTemplates.Syntax;

/// <summary>A place in the template: line and column from 1, the column in UTF-16 units.</summary>
internal readonly record struct Position(int Line, int Column);
