using System.IO.MemoryMappedFiles;

namespace Hone.Models.Weights;

/// <summary>
/// The bytes of one weight file: mapped read-only, or given in memory. Spans handed out are valid until it is disposed.
/// The one place in this project with unsafe code: a mapping is reached through a pointer.
/// </summary>
public sealed unsafe class FileBytes : IDisposable
{
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly MemoryMappedFile? _mapping;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _pointer;
    private bool _disposed;

    private FileBytes(string name, ReadOnlyMemory<byte> memory)
    {
        Name = name;
        _memory = memory;
        Length = memory.Length;
    }

    private FileBytes(string path, FileStream stream)
    {
        Name = path;
        Length = stream.Length;
        _mapping = MemoryMappedFile.CreateFromFile(stream, null, Length, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _mapping.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _pointer);
        _pointer += _view.PointerOffset;
    }

    /// <summary>The path, or the name given, for messages.</summary>
    public string Name { get; }

    public long Length { get; }

    public static FileBytes Map(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (stream.Length > 0)
            return new FileBytes(path, stream);
        stream.Dispose(); // nothing to map
        return new FileBytes(path, ReadOnlyMemory<byte>.Empty);
    }

    /// <summary>A file that another one names: if it is not there, the set is broken.</summary>
    internal static FileBytes MapPart(string path, string namedBy) => File.Exists(path)
        ? Map(path)
        : throw new WeightFormatException(namedBy, $"names a file that is not there: {Path.GetFileName(path)}");

    public static FileBytes InMemory(string name, ReadOnlyMemory<byte> content) => new(name, content);

    /// <summary>The bytes [offset, offset + length); an error if they do not lie in the file.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (offset < 0 || length < 0 || offset > Length - length)
            throw new WeightFormatException(Name, $"{length} bytes were asked for, the file ends at {Length}", offset: offset);
        return _pointer == null ? _memory.Span.Slice((int)offset, length) : new ReadOnlySpan<byte>(_pointer + offset, length);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (_pointer != null)
            _view!.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _mapping?.Dispose();
    }
}
