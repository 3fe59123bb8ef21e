namespace Hone.Tokenization.Text;

/// <summary>
/// GPT-2's byte alphabet: the printable bytes of Latin-1 stand for themselves, the 68 others for U+0100 onwards in order.
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] Letters = Build();
    private static readonly short[] Bytes = Invert();

    public static char LetterOf(byte value) => Letters[value];

    /// <summary>The byte that a letter stands for, or −1 if it is none of the 256.</summary>
    public static int ByteOf(char letter) => letter < Bytes.Length ? Bytes[letter] : -1;

    /// <summary>The bytes that a token spells, or null if it has a character outside the alphabet.</summary>
    public static byte[]? Decode(string token)
    {
        var result = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            var value = ByteOf(token[i]);
            if (value < 0)
                return null;
            result[i] = (byte)value;
        }
        return result;
    }

    private static char[] Build()
    {
        var letters = new char[256];
        var next = 0x100;
        for (var b = 0; b < 256; b++)
            letters[b] = b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE ? (char)b : (char)next++;
        return letters;
    }

    private static short[] Invert()
    {
        var bytes = new short[Letters.Max() + 1];
        Array.Fill(bytes, (short)-1);
        for (var b = 0; b < 256; b++)
            bytes[Letters[b]] = (short)b;
        return bytes;
    }
}
