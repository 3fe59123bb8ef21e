using System.Diagnostics.CodeAnalysis;

namespace Hone.Models.Weights.Safetensors;

/// <summary>The weights of a Hugging Face folder: model.safetensors, or the shards that model.safetensors.index.json lists.</summary>
public sealed class SafetensorsFolder : IWeightSource
{
    private const string SingleFile = "model.safetensors";
    private readonly Dictionary<string, SafetensorsFile> _files = [];
    private readonly Dictionary<string, SafetensorsFile> _fileOf = [];

    private SafetensorsFolder(string path) => Path = path;

    public string Path { get; }

    public IEnumerable<string> Names => _fileOf.Keys;

    public long TotalBytes => _files.Values.Sum(file => file.TotalBytes);

    public static SafetensorsFolder Open(string folder)
    {
        var opened = new SafetensorsFolder(folder);
        try
        {
            if (File.Exists(System.IO.Path.Combine(folder, SingleFile)))
                opened.AddWhole(folder);
            else if (File.Exists(System.IO.Path.Combine(folder, SafetensorsIndex.FileName)))
                opened.AddShards(folder);
            else
                throw new WeightFormatException(folder, $"holds neither {SingleFile} nor {SafetensorsIndex.FileName} (pickle files such as *.bin and *.pt are never read)");
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public bool TryGet(string name, [NotNullWhen(true)] out StoredTensor? tensor)
    {
        tensor = null;
        return _fileOf.TryGetValue(name, out var file) && file.TryGet(name, out tensor);
    }

    public void Dispose()
    {
        foreach (var file in _files.Values)
            file.Dispose();
    }

    private void AddWhole(string folder)
    {
        var file = _files[SingleFile] = SafetensorsFile.Open(System.IO.Path.Combine(folder, SingleFile));
        foreach (var name in file.Names)
            _fileOf.Add(name, file);
    }

    private void AddShards(string folder)
    {
        var index = System.IO.Path.Combine(folder, SafetensorsIndex.FileName);
        foreach (var (name, shard) in SafetensorsIndex.Read(index))
        {
            if (!_files.TryGetValue(shard, out var file))
                file = _files[shard] = SafetensorsFile.OpenPart(System.IO.Path.Combine(folder, shard), index);
            if (!file.Contains(name))
                throw new WeightFormatException(System.IO.Path.Combine(folder, shard), $"is not in the file that {SafetensorsIndex.FileName} names for it", name);
            _fileOf.Add(name, file);
        }
    }
}
