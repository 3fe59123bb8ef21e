using Hone.Cpu;
using Hone.TestKit;
using Xunit;

namespace Hone.Golden.Models;

/// <summary>Logits of every golden model on the Cpu backend in the exact profile, at every chunk size.</summary>
public sealed class CpuLogitsTests
{
    public static TheoryData<string> Folders() => new(GoldenModels.Folders());

    public static TheoryData<string> GgufFiles() => new(GoldenModels.GgufFiles());

    [Theory]
    [MemberData(nameof(Folders))]
    public void FolderGivesTheReferenceLogits(string folder)
    {
        using var model = CpuModel.Open(folder);
        AssertLogits(model);
    }

    [Theory]
    [MemberData(nameof(GgufFiles))]
    public void GgufGivesTheReferenceLogits(string file)
    {
        using var model = CpuModel.OpenGguf(file);
        AssertLogits(model);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void ChunksChangeNoBit(string folder)
    {
        foreach (var profile in Enum.GetValues<Profile>())
        {
            using var model = CpuModel.Open(folder, profile);
            var ids = model.Outputs.Ids("input_ids_long");
            var whole = model.Start(0, ids.Length);
            var logits = whole.Run(ids);
            foreach (var chunk in (int[])[1, 7, 64])
            {
                var chunked = model.Start(1, ids.Length);
                Assert.Equal(logits, chunked.Run(ids, chunk));
                Assert.Equal(whole.States(), chunked.States());
            }
        }
    }

    private static void AssertLogits(CpuModel model)
    {
        foreach (var chunk in (int[])[1, 7, 64, int.MaxValue])
        {
            for (var i = 0; model.Outputs.Has($"logits_{i}"); i++)
                AssertClose(model, model.Outputs.Ids($"input_ids_{i}"), model.Outputs.Floats($"logits_{i}"), chunk, "logits");
            AssertClose(model, model.Outputs.Ids("input_ids_long"), model.Outputs.Floats("logits_long_tail"), chunk, "logits_long");
        }
    }

    /// <summary>The last rows of the sequence against the reference, which may hold only those.</summary>
    private static void AssertClose(CpuModel model, int[] ids, float[] expected, int chunk, string tolerance)
    {
        var logits = model.Start(0, ids.Length).Run(ids, chunk);
        Near.Equal(expected, logits.AsSpan(logits.Length - expected.Length), model.Tolerance(tolerance), $"{tolerance} at chunk {chunk}");
    }
}
