using System.Text.Json;
using Hone.Cpu;
using Hone.Cpu.Plan;
using Hone.Models;
using Hone.TestKit;
using Xunit;

namespace Hone.Golden.Models;

/// <summary>A golden model on the Cpu backend beside its reference outputs.</summary>
internal sealed class CpuModel : IDisposable
{
    private const int Capacity = 256;
    private const int Sequences = 4;
    private readonly JsonDocument facts;
    private readonly JsonElement? ownTolerances;

    private CpuModel(ModelSource source, CpuRunner runner, string folder, string outputs, JsonElement? ownTolerances)
    {
        (Source, Runner, this.ownTolerances) = (source, runner, ownTolerances);
        Outputs = new GoldenTensors(outputs);
        facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "golden.json")));
    }

    public ModelSource Source { get; }

    public CpuRunner Runner { get; }

    public GoldenTensors Outputs { get; }

    public JsonElement Facts => facts.RootElement;

    /// <summary>A folder of golden/models, or a skip that names what the backend lacks.</summary>
    public static CpuModel Open(string folder, Profile profile = Profile.Exact, params string[] disabledFusions)
    {
        var path = GoldenRoot.Require("models", folder);
        return Create(path, path, Path.Combine(path, "golden.safetensors"), Options(profile) with { DisabledFusions = disabledFusions });
    }

    /// <summary>A file of golden/gguf with its own reference outputs, else with those of the folder that it was made from.</summary>
    public static CpuModel OpenGguf(string file)
    {
        using var index = JsonDocument.Parse(File.ReadAllText(GoldenRoot.Require("gguf", "index.json")));
        var entry = index.RootElement.GetProperty("files").EnumerateArray().Single(f => f.GetProperty("file").GetString() == file);
        var folder = Path.GetFullPath(Path.Combine(GoldenRoot.Root, "gguf", entry.GetProperty("source").GetString()!));
        var outputs = entry.TryGetProperty("golden", out var own) ? GoldenRoot.Require("gguf", own.GetString()!) : Path.Combine(folder, "golden.safetensors");
        return Create(
            GoldenRoot.Require("gguf", file), folder, outputs, Options(Profile.Exact), entry.TryGetProperty("tolerance", out var tolerances) ? tolerances.Clone() : null);
    }

    public static CpuOptions Options(Profile profile) =>
        new() { Profile = profile, Threads = 2, KvTokens = Capacity * Sequences, Slots = Sequences, MaxBatchTokens = Capacity, MaxOutputRows = Capacity };

    public RunnerSequence Start(int slot = 0, int ropeLength = 0) => new(Runner, slot, Capacity, Sequences) { RopeLength = ropeLength };

    public double Tolerance(string name) =>
        (ownTolerances is { } own && own.TryGetProperty(name, out var value) ? value : Facts.GetProperty("tolerance").GetProperty(name)).GetDouble();

    public void Dispose()
    {
        facts.Dispose();
        Outputs.Dispose();
        Runner.Dispose();
        Source.Dispose();
    }

    private static CpuModel Create(string path, string folder, string outputs, CpuOptions options, JsonElement? ownTolerances = null)
    {
        var source = ModelSource.Open(path);
        try
        {
            return new CpuModel(source, CpuRunner.Create(source, options), folder, outputs, ownTolerances);
        }
        catch (UnsupportedOperationException e)
        {
            source.Dispose();
            Assert.Skip(e.Message);
            throw;
        }
    }
}
