using Hone.Cpu;
using Hone.Engine;
using Hone.Engine.Hosting;
using Hone.Models;
using Hone.Models.Graph;
using Hone.Server.Settings;

namespace Hone.Server.Catalog;

/// <summary>Decides, before anything is allocated, how large a model's pools are, so that weights and state fit the memory budget.</summary>
internal static class ModelPlanner
{
    private const int StepTokens = 512;
    private const int OutputRows = 64;

    /// <summary>KV tokens planned for each sequence beyond the one that may fill the context.</summary>
    private const int TypicalSequence = 2048;

    public static ModelPlan Plan(ModelLocation location, RuntimeSettings settings, long budget)
    {
        var source = ModelSource.Open(location.Path);
        try
        {
            var context = settings.Context > 0 ? Math.Min(settings.Context, source.Config.ContextLength) : source.Config.ContextLength;
            var left = budget - source.WeightBytes;
            var cost = new GraphSummary(source.Graph);
            var kvToken = sizeof(float) * cost.KvNumbersPerToken;
            var slot = sizeof(float) * cost.SlotNumbers;
            var kvTokens = kvToken == 0 ? 0 : Fit(left / 2, kvToken, context + (settings.MaxSequences - 1L) * Math.Min(context, TypicalSequence), 2 * StepTokens, location);
            var slots = slot == 0 ? 0 : Fit(left / 4, slot, 4L * settings.MaxSequences, 2, location);
            var options = new CpuOptions
            {
                Profile = settings.Profile == "exact" ? Profile.Exact : Profile.Fast,
                Threads = settings.Threads,
                KvTokens = kvTokens,
                Slots = slots,
                MaxBatchTokens = StepTokens,
                MaxOutputRows = OutputRows,
            };
            return new ModelPlan
            {
                Bytes = source.WeightBytes + kvToken * kvTokens + slot * slots,
                Options = new EngineOptions
                {
                    ContextLength = kvTokens == 0 ? context : Math.Min(context, kvTokens),
                    MaxSequences = settings.MaxSequences,
                    MaxQueue = settings.MaxQueue,
                    StepTokens = StepTokens,
                },
                Load = (progress, cancel) =>
                {
                    // The weights are packed into memory of their own: the files are closed again.
                    using (source)
                        return CpuRunner.Create(source, options);
                },
            };
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static int Fit(long bytes, long each, long wanted, long least, ModelLocation location)
    {
        var count = Math.Min(wanted, bytes / each);
        if (count < least)
            throw new EngineException(EngineError.OutOfMemory, $"The model {location.Id} does not fit the memory budget: give it more with --memory.");
        return checked((int)count);
    }
}
