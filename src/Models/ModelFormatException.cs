namespace Hone.Models;

/// <summary>A model folder or file that cannot be served as it is: where, what is wrong, and what would be right.</summary>
public sealed class ModelFormatException : Exception
{
    /// <param name="where">The file, folder or configuration key.</param>
    /// <param name="problem">What is wrong there.</param>
    /// <param name="inner">The error underneath, if one caused this.</param>
    public ModelFormatException(string where, string problem, Exception? inner = null) : base($"{where}: {problem}", inner) => Where = where;

    /// <summary>The file, folder or configuration key.</summary>
    public string Where { get; }
}
