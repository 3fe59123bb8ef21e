namespace Hone.Torch;

/// <summary>libtorch is not there: left out of the build, or not loadable on this machine.</summary>
public sealed class TorchUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
