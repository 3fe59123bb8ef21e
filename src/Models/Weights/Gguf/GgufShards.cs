using System.Globalization;
using System.Text.RegularExpressions;

namespace Hone.Models.Weights.Gguf;

/// <summary>A model in several files: NAME-00001-of-00003.gguf …, with split.no, split.count and split.tensors.count in each.</summary>
internal static partial class GgufShards
{
    public const string Number = "split.no";
    public const string Count = "split.count";
    public const string TensorCount = "split.tensors.count";

    [GeneratedRegex(@"^(?<name>.*)-(?<no>\d{5})-of-(?<count>\d{5})\.gguf$")]
    private static partial Regex FileName();

    /// <summary>The file name of shard <paramref name="number"/> (from 0).</summary>
    public static string Name(string model, int number, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{model}-{number + 1:00000}-of-{count:00000}.gguf");

    /// <summary>The file's name without extension and shard number.</summary>
    public static string ModelName(string path)
    {
        var match = FileName().Match(Path.GetFileName(path));
        return match.Success ? match.Groups["name"].Value : Path.GetFileNameWithoutExtension(path);
    }

    /// <summary>The paths of the shards after the first, none for a model in one file.</summary>
    public static IEnumerable<string> Others(string path, GgufMetadata metadata)
    {
        var count = Integer(metadata, Count);
        if (count <= 1)
            return [];
        var match = FileName().Match(Path.GetFileName(path));
        if (!match.Success || int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture) != count)
            throw new WeightFormatException(path, $"is one of {count} shards, but is not named NAME-00001-of-{count:00000}.gguf");
        if (Integer(metadata, Number) != 0)
            throw new WeightFormatException(path, "is not the first shard; open the one named -00001-of-");
        var folder = Path.GetDirectoryName(path) ?? "";
        return Enumerable.Range(1, (int)count - 1).Select(i => Path.Combine(folder, Name(match.Groups["name"].Value, i, (int)count)));
    }

    public static void CheckNumber(FileBytes file, GgufMetadata metadata, int number, GgufMetadata first)
    {
        if (Integer(metadata, Number) != number || Integer(metadata, Count) != Integer(first, Count))
            throw new WeightFormatException(file.Name,
                $"says it is shard {Integer(metadata, Number)} of {Integer(metadata, Count)}, not {number} of {Integer(first, Count)}");
    }

    /// <summary>All shards together must hold as many tensors as the first one says.</summary>
    public static void CheckTensorCount(FileBytes[] files, GgufHeader[] headers)
    {
        var metadata = headers[0].Metadata;
        var shards = Integer(metadata, Count);
        if (shards > 1 && shards != files.Length)
            throw new WeightFormatException(files[0].Name, $"is one of {shards} shards, the others are not given");
        var found = headers.Sum(header => header.Tensors.Length);
        if (metadata.TryGet(TensorCount, out var expected) && expected.AsInteger() != found)
            throw new WeightFormatException(files[0].Name, $"{TensorCount} is {expected.AsInteger()}, the shards hold {found} tensors");
    }

    private static long Integer(GgufMetadata metadata, string key) => metadata.TryGet(key, out var value) ? value.AsInteger() : 0;
}
