namespace Hone.Tokenization.Decoders;

/// <summary>Turns token texts into pieces of text; joined, they are what the tokens say.</summary>
internal interface IDecoder
{
    List<string> Decode(List<string> tokens);
}
