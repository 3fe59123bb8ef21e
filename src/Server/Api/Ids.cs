using System.Security.Cryptography;

namespace Hone.Server.Api;

/// <summary>Ids of objects and requests: a prefix and 24 random letters and digits.</summary>
internal static class Ids
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string New(string prefix) => prefix + RandomNumberGenerator.GetString(Letters, 24);
}
