using System.Diagnostics.CodeAnalysis;

namespace Hone.Models.Weights;

/// <summary>
/// Named tensors of an opened checkpoint, under the names that the file uses. Opening checks the container; tensors are views into it
/// and stay valid until it is disposed.
/// </summary>
public interface IWeightSource : IDisposable
{
    IEnumerable<string> Names { get; }

    /// <summary>Bytes of all tensors as stored.</summary>
    long TotalBytes { get; }

    bool TryGet(string name, [NotNullWhen(true)] out StoredTensor? tensor);
}
