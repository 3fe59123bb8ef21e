using System.Text.Json;
using Hone.Cpu;
using Hone.Models;
using Hone.TestKit;

namespace Hone.Golden.SmolLm2;

/// <summary>The real model of the shared data on the Cpu backend.</summary>
internal sealed class SmolLm2Model : IDisposable
{
    private const int Capacity = 1024;
    private readonly ModelSource source;

    public SmolLm2Model(Profile profile)
    {
        source = ModelSource.Open(Directory.GetFiles(Shared.Require("models"), "SmolLM2*.gguf").Single());
        Runner = CpuRunner.Create(source, new CpuOptions { Profile = profile, Threads = 2, KvTokens = Capacity, MaxBatchTokens = 512, MaxOutputRows = 512 });
    }

    public CpuRunner Runner { get; }

    public static JsonDocument Golden(string file) => JsonDocument.Parse(File.ReadAllText(GoldenRoot.Require("smollm2", file)));

    public RunnerSequence Start() => new(Runner, 0, Capacity, 1);

    /// <summary>Row t of logits.</summary>
    public ReadOnlySpan<float> Row(float[] logits, int t) => logits.AsSpan(t * Runner.VocabularySize, Runner.VocabularySize);

    public void Dispose()
    {
        Runner.Dispose();
        source.Dispose();
    }
}
