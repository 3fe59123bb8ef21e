using System.Diagnostics.CodeAnalysis;

namespace Hone.Models.Weights.Safetensors;

/// <summary>One safetensors file, checked when opened; tensors are views into it.</summary>
public sealed class SafetensorsFile : IWeightSource
{
    private readonly FileBytes _file;
    private readonly Dictionary<string, SafetensorsEntry> _entries;
    private readonly long _dataStart;

    private SafetensorsFile(FileBytes file)
    {
        _file = file;
        (_entries, _dataStart) = SafetensorsHeader.Read(file);
    }

    public IEnumerable<string> Names => _entries.Keys;

    public long TotalBytes => _file.Length - _dataStart;

    public static SafetensorsFile Open(string path) => Open(FileBytes.Map(path));

    internal static SafetensorsFile OpenPart(string path, string namedBy) => Open(FileBytes.MapPart(path, namedBy));

    private static SafetensorsFile Open(FileBytes file)
    {
        try
        {
            return new SafetensorsFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a file that lies in memory; <paramref name="name"/> is for messages.</summary>
    public static SafetensorsFile Read(string name, ReadOnlyMemory<byte> content) => new(FileBytes.InMemory(name, content));

    public bool Contains(string name) => _entries.ContainsKey(name);

    public bool TryGet(string name, [NotNullWhen(true)] out StoredTensor? tensor)
    {
        tensor = null;
        if (!_entries.TryGetValue(name, out var entry))
            return false;
        tensor = new StoredTensor(new TensorData(_file, name, _dataStart + entry.Begin, entry.Format, entry.RowLength, entry.RowCount), entry.Shape);
        return true;
    }

    public void Dispose() => _file.Dispose();
}
