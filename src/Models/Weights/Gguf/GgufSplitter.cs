namespace Hone.Models.Weights.Gguf;

/// <summary>
/// Cuts a GGUF model into shards NAME-00001-of-0000N.gguf, as llama.cpp's gguf-split does: all metadata in the first, split.no, split.count and
/// split.tensors.count in each, whole tensors in the order of the file.
/// </summary>
public static class GgufSplitter
{
    private static readonly string[] NotCopied = [GgufShards.Number, GgufShards.Count, GgufShards.TensorCount, "general.alignment"];

    /// <param name="path">The model; the first shard of one that is already split.</param>
    /// <param name="folder">Where the shards go; it must exist, and no file is overwritten.</param>
    /// <param name="maxBytes">No shard is longer.</param>
    /// <returns>The paths of the shards, in order.</returns>
    /// <exception cref="ArgumentException">A tensor, or the metadata, is larger than a shard may be.</exception>
    public static IReadOnlyList<string> Split(string path, string folder, long maxBytes)
    {
        using var model = GgufFile.Open(path);
        var groups = Group(model, maxBytes);
        if (groups.Count > ushort.MaxValue)
            throw new ArgumentException($"{groups.Count} shards are more than a split model can have; allow larger ones.", nameof(maxBytes));
        var name = GgufShards.ModelName(path);
        var paths = new List<string>();
        for (var number = 0; number < groups.Count; number++)
        {
            var shard = Start(model, number, groups.Count);
            groups[number].ForEach(shard.Add);
            paths.Add(Path.Combine(folder, GgufShards.Name(name, number, groups.Count)));
            using var stream = new FileStream(paths[^1], FileMode.CreateNew, FileAccess.Write);
            shard.WriteTo(stream);
        }
        return paths;
    }

    /// <summary>The tensors of each shard: as many as fit, in order.</summary>
    private static List<List<StoredTensor>> Group(GgufFile model, long maxBytes)
    {
        var groups = new List<List<StoredTensor>> { new() };
        var shard = Start(model, 0, 1);
        if (shard.Length > maxBytes)
            throw new ArgumentException($"The metadata need {shard.Length} bytes; a shard may have {maxBytes}.", nameof(maxBytes));
        foreach (var name in model.Names)
        {
            model.TryGet(name, out var tensor);
            if (shard.LengthWith(tensor!) > maxBytes && (shard.TensorCount > 0 || groups.Count == 1))
            {
                groups.Add([]);
                shard = Start(model, groups.Count - 1, 1);
            }
            if (shard.LengthWith(tensor!) > maxBytes)
                throw new ArgumentException($"Tensor {name} needs {tensor!.ByteLength} bytes; a shard may have {maxBytes}.", nameof(maxBytes));
            shard.Add(tensor!);
            groups[^1].Add(tensor!);
        }
        return groups;
    }

    private static GgufWriter Start(GgufFile model, int number, int count)
    {
        var shard = new GgufWriter();
        foreach (var key in number == 0 ? model.Metadata.Keys.Except(NotCopied) : [])
            shard.Add(key, model.Metadata[key].Type, model.Metadata[key].Encoded());
        shard.Add(GgufShards.Number, (ushort)number);
        shard.Add(GgufShards.Count, (ushort)count);
        shard.Add(GgufShards.TensorCount, model.Names.Count());
        return shard;
    }
}
