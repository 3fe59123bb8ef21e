using System.Diagnostics.CodeAnalysis;

namespace Hone.Models.Weights.Gguf;

/// <summary>
/// A GGUF model: one file, or the shards NAME-00001-of-0000N.gguf opened by their first. Opening reads and checks the headers;
/// weights and long metadata stay in the mapped files.
/// </summary>
public sealed class GgufFile : IWeightSource
{
    private readonly FileBytes[] _files;
    private readonly GgufHeader[] _headers;
    private readonly Dictionary<string, (int File, int Index)> _tensors;

    private GgufFile(FileBytes[] files, GgufHeader[] headers)
    {
        (_files, _headers) = (files, headers);
        _tensors = new Dictionary<string, (int, int)>(headers.Sum(header => header.Tensors.Length));
        for (var i = 0; i < files.Length; i++)
        {
            for (var j = 0; j < headers[i].Tensors.Length; j++)
            {
                var tensor = headers[i].Tensors[j];
                if (!_tensors.TryAdd(tensor.Name, (i, j)))
                    throw new WeightFormatException(files[i].Name, "appears twice", tensor.Name, tensor.Offset);
                TotalBytes += tensor.ByteLength;
            }
        }
        GgufShards.CheckTensorCount(files, headers);
    }

    /// <summary>Of the first shard.</summary>
    public GgufMetadata Metadata => _headers[0].Metadata;

    public IEnumerable<string> Names => _tensors.Keys;

    public long TotalBytes { get; }

    /// <summary>Opens a file by path; the first of several shards opens all.</summary>
    public static GgufFile Open(string path)
    {
        var files = new List<FileBytes> { FileBytes.Map(path) };
        try
        {
            var headers = new List<GgufHeader> { GgufHeader.Read(files[0]) };
            foreach (var shard in GgufShards.Others(path, headers[0].Metadata))
            {
                files.Add(FileBytes.MapPart(shard, path));
                headers.Add(GgufHeader.Read(files[^1]));
                GgufShards.CheckNumber(files[^1], headers[^1].Metadata, files.Count - 1, headers[0].Metadata);
            }
            return new GgufFile([.. files], [.. headers]);
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            throw;
        }
    }

    /// <summary>Reads a file that lies in memory; <paramref name="name"/> is for messages.</summary>
    public static GgufFile Read(string name, ReadOnlyMemory<byte> content)
    {
        var file = FileBytes.InMemory(name, content);
        return new GgufFile([file], [GgufHeader.Read(file)]);
    }

    public bool TryGet(string name, [NotNullWhen(true)] out StoredTensor? tensor)
    {
        tensor = null;
        if (!_tensors.TryGetValue(name, out var entry))
            return false;
        var (file, info) = (_files[entry.File], _headers[entry.File].Tensors[entry.Index]);
        var rows = 1;
        foreach (var size in info.Shape.AsSpan(..^1))
            rows *= size; // checked when the table was read
        tensor = new StoredTensor(new TensorData(file, name, info.Offset, info.Format, info.Shape[^1], rows), info.Shape);
        return true;
    }

    public void Dispose() => Array.ForEach(_files, file => file.Dispose());
}
