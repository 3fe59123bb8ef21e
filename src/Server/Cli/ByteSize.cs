using System.Globalization;
using System.Text.RegularExpressions;

namespace Hone.Server.Cli;

/// <summary>Sizes as people write them: 6GB, 512MiB, 1000000. KB, MB, GB are powers of 1000; KiB, MiB, GiB of 1024.</summary>
internal static partial class ByteSize
{
    public static long Parse(string text, string flag)
    {
        var match = Pattern().Match(text.Trim());
        if (!match.Success)
            throw new SettingException($"{flag}: '{text}' is not a size. Write for example 6GB or 512MiB.");
        var unit = match.Groups[2].Value.ToUpperInvariant();
        var factor = Math.Pow(unit.Contains('I') ? 1024 : 1000, unit.Length == 0 || unit[0] == 'B' ? 0 : "KMGT".IndexOf(unit[0]) + 1);
        var bytes = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * factor;
        return bytes < 1L << 60 ? (long)bytes : throw new SettingException($"{flag}: '{text}' is more memory than any machine has.");
    }

    [GeneratedRegex(@"^(\d+(?:\.\d+)?)\s*((?:[KMGT]i?)?B?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
