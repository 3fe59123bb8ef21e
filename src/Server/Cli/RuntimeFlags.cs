using System.CommandLine;
using Hone.Server.Settings;

namespace Hone.Server.Cli;

/// <summary>The flags of <see cref="RuntimeSettings"/>.</summary>
internal sealed class RuntimeFlags
{
    private readonly Option<string> profile = Setting.One("--profile", "Arithmetic: fast (int8 activations) or exact (f32 activations).", "fast").From("fast", "exact");
    private readonly Option<int> threads = Setting.One("--threads", "Compute threads.", Environment.ProcessorCount);
    private readonly Option<int> context = Setting.One("--ctx", "Context limit in tokens; 0 takes the model's own.", 0);
    private readonly Option<int> sequences = Setting.One("--max-seqs", "Sequences that run at once.", 16);
    private readonly Option<string> memory = Setting.One("--memory", "Memory for weights, KV and caches, e.g. 6GB; 0 takes three quarters of what is free.", "0");
    private readonly Option<string> kv = Setting.One("--kv-dtype", "Number format of keys and values.", "f32").From("f32");
    private readonly Option<int> queue = Setting.One("--max-queue", "Requests that may wait before new ones get a 503.", 256);

    public void AddTo(System.CommandLine.Command command)
    {
        foreach (var option in (Option[])[profile, threads, context, sequences, memory, kv, queue])
            command.Add(option);
    }

    public RuntimeSettings Read(ParseResult result) => new()
    {
        Profile = result.GetValue(profile)!,
        Threads = AtLeast(1, result.GetValue(threads), "--threads"),
        Context = AtLeast(0, result.GetValue(context), "--ctx"),
        MaxSequences = AtLeast(1, result.GetValue(sequences), "--max-seqs"),
        MemoryBytes = ByteSize.Parse(result.GetValue(memory)!, "--memory"),
        KvFormat = result.GetValue(kv)!,
        MaxQueue = AtLeast(1, result.GetValue(queue), "--max-queue"),
    };

    private static int AtLeast(int least, int value, string flag) =>
        value >= least ? value : throw new SettingException($"{flag} must be at least {least}, not {value}.");
}
