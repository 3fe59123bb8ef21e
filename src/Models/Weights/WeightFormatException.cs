namespace Hone.Models.Weights;

/// <summary>A weight file is malformed, or says something that cannot be read: which file, what is wrong, and where.</summary>
public sealed class WeightFormatException : Exception
{
    /// <param name="file">Path or name of the file.</param>
    /// <param name="problem">What is wrong, in words that need no source code.</param>
    /// <param name="tensor">The tensor concerned, if one is.</param>
    /// <param name="offset">The byte offset in the file, if known.</param>
    /// <param name="inner">The parser's own error, if one caused this.</param>
    public WeightFormatException(string file, string problem, string? tensor = null, long? offset = null, Exception? inner = null)
        : base(Describe(file, problem, tensor, offset), inner)
    {
        File = file;
        Problem = problem;
        Tensor = tensor;
        Offset = offset;
    }

    public string File { get; }

    public string Problem { get; }

    public string? Tensor { get; }

    public long? Offset { get; }

    private static string Describe(string file, string problem, string? tensor, long? offset) =>
        file + (tensor is null ? "" : $": tensor {Excerpt(tensor)}") + (offset is null ? "" : $" at byte {offset}") + ": " + problem;

    /// <summary>A name out of a file that nobody vouches for: cut to a length that fits a log line.</summary>
    internal static string Excerpt(string name) => name.Length <= 80 ? $"'{name}'" : $"'{name.AsSpan(0, 77)}...'";
}
