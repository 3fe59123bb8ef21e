namespace Hone.Tokenization.ChatTemplates.Methods;

/// <summary>Which ends of a text an operation works on.</summary>
[Flags]
internal enum Sides
{
    Left = 1,
    Right = 2,
    Both = Left | Right,
}
