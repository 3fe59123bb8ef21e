using System.Security.Cryptography;
using System.Text;
using Hone.Models.Config;

namespace Hone.Models.Weights.Naming;

/// <summary>
/// What tells one model's weights from another's: SHA-256 over the normalised configuration, every tensor's name, shape and format, and the bytes of
/// evenly spaced rows of each. Not every byte is read, so that a model of many gigabytes starts at once; training changes every tensor.
/// </summary>
internal static class WeightIdentity
{
    private const int RowsPerTensor = 64;

    public static string Of(ModelConfig config, IWeightSource weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(config.Values.ToJsonString()));
        foreach (var name in weights.Names.Order(StringComparer.Ordinal))
        {
            if (!weights.TryGet(name, out var tensor))
                continue;
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{name} {tensor.Format} [{string.Join(',', tensor.Shape)}]"));
            var step = Math.Max(1, tensor.RowCount / RowsPerTensor);
            for (var row = 0; row < tensor.RowCount; row += step)
                hash.AppendData(tensor.Row(row).Codes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
