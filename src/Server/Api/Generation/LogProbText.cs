using System.Text;
using Hone.Tokenization;

namespace Hone.Server.Api.Generation;

/// <summary>Single tokens as text and numbers that JSON can hold.</summary>
internal static class LogProbText
{
    /// <summary>JSON has no −∞; OpenAI writes −9999 for "never".</summary>
    public static float Finite(float logProb) => float.IsNegativeInfinity(logProb) ? -9999f : logProb;

    public static string TextOf(this HfTokenizer tokenizer, int id) => Encoding.UTF8.GetString(tokenizer.BytesOf(id));

    public static int[] ByteList(this HfTokenizer tokenizer, int id)
    {
        var bytes = tokenizer.BytesOf(id);
        var list = new int[bytes.Length];
        for (var i = 0; i < list.Length; i++)
            list[i] = bytes[i];
        return list;
    }
}
