using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Hone.Torch;

/// <summary>
/// Loads libtorch before TorchSharp is touched. TorchSharp's own library asks for a symbol version of GCC 13's libstdc++ (<see cref="NewestVersion"/>)
/// that Debian 12 and Ubuntu 22.04 don't have, for one symbol that is never called. There a copy in which that requirement is weak is
/// loaded instead; the package's file stays as it is.
/// </summary>
public static class NativeLibraries
{
    private const string NewestVersion = "GLIBCXX_3.4.32";
    private const string SymbolOfNewestVersion = "_ZSt21ios_base_library_initv";
    private const string Bridge = "libLibTorchSharp.so";
    private static readonly string[] Torch = ["libtorch_cpu.so", "libtorch.so"];
    private static readonly Lock Gate = new();
    private static bool loaded;

    /// <summary>Whether the build carries libtorch; without it, training is refused.</summary>
    public static bool IsInBuild => Torch.Append(Bridge).All(file => Find(file) is not null);

    /// <summary>Loads once; later calls do nothing. Call it before anything of TorchSharp.</summary>
    /// <param name="cacheFolder">Where the changed copy is kept if one is needed; default: the user's cache folder.</param>
    /// <exception cref="TorchUnavailableException">The build carries no libtorch, or it cannot be loaded on this machine.</exception>
    public static void Load(string? cacheFolder = null)
    {
        lock (Gate)
        {
            if (loaded)
                return;
            if (!OperatingSystem.IsLinux())
                throw new TorchUnavailableException("libtorch is packaged for Linux on x64 only.");
            var torch = Array.ConvertAll(Torch, Require);
            var bridge = Require(Bridge);
            try
            {
                if (!SystemIsNewEnough())
                {
                    Array.ForEach(torch, path => NativeLibrary.Load(path));
                    NativeLibrary.Load(WeakCopy(bridge, cacheFolder ?? DefaultCache()));
                }
                TorchSharp.torch.InitializeDeviceType(TorchSharp.DeviceType.CPU);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or TypeInitializationException or NotSupportedException)
            {
                throw new TorchUnavailableException($"libtorch cannot be loaded on this machine: {(e.InnerException ?? e).Message}", e);
            }
            loaded = true;
        }
    }

    private static string? Find(string file) => SearchFolders().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    private static string Require(string file) => Find(file)
        ?? throw new TorchUnavailableException("This build has no libtorch; fine-tuning needs a build with -p:HoneTorch=cpu.");

    private static IEnumerable<string> SearchFolders() =>
    [
        AppContext.BaseDirectory,
        Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"),
        .. ((string?)AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
    ];

    private static bool SystemIsNewEnough() =>
        NativeLibrary.TryGetExport(NativeLibrary.Load("libstdc++.so.6"), SymbolOfNewestVersion, out _);

    /// <summary>A copy of the library with the weak requirement, named by the hash of the original, written once and complete or not at all.</summary>
    [SupportedOSPlatform("linux")]
    private static string WeakCopy(string original, string cacheFolder)
    {
        var bytes = File.ReadAllBytes(original);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
        if (!SymbolVersions.Weaken(bytes, NewestVersion))
            return original;
        var folder = Path.Combine(cacheFolder, $"torchsharp-{hash}");
        var copy = Path.Combine(folder, Bridge);
        if (File.Exists(copy) && File.ReadAllBytes(copy).AsSpan().SequenceEqual(bytes))
            return copy;
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var temporary = $"{copy}.{Environment.ProcessId}";
        File.WriteAllBytes(temporary, bytes);
        File.Move(temporary, copy, overwrite: true);
        return copy;
    }

    private static string DefaultCache()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache)
            return Path.Combine(cache, "hone");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 0
            ? Path.Combine(home, ".cache", "hone")
            : throw new TorchUnavailableException("libtorch needs a folder for a changed copy of its bridge on this system: set HOME or XDG_CACHE_HOME.");
    }
}
