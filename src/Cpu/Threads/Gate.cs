using System.Diagnostics;

namespace Hone.Cpu.Threads;

/// <summary>Lets waiting threads through each time it is opened. They spin at first and then sleep.</summary>
internal sealed class Gate
{
    // Longer than one step of a small model takes, far shorter than a time slice of the operating system.
    private static readonly long SpinTicks = Stopwatch.Frequency / 25_000; // 40 µs

    private readonly object _lock = new();
    private readonly SharedCounter _generation = new();
    private readonly SharedCounter _sleepers = new();

    /// <summary>How often it was opened.</summary>
    public int Generation => Volatile.Read(ref _generation.Value);

    /// <summary>Threads that sleep.</summary>
    public int Sleepers => Volatile.Read(ref _sleepers.Value);

    public void Open()
    {
        Interlocked.Increment(ref _generation.Value); // a full fence: a sleeper either sees this or is seen below
        if (Sleepers == 0)
            return;
        lock (_lock)
            Monitor.PulseAll(_lock);
    }

    /// <summary>Returns once the gate has been opened since <see cref="Generation"/> was <paramref name="generation"/>.</summary>
    public void Wait(int generation)
    {
        var start = Stopwatch.GetTimestamp();
        do
        {
            for (var i = 0; i < 32; i++)
            {
                if (Generation != generation)
                    return;
                Thread.SpinWait(1);
            }
        }
        while (Stopwatch.GetTimestamp() - start < SpinTicks);

        Interlocked.Increment(ref _sleepers.Value);
        lock (_lock)
            while (Generation == generation)
                Monitor.Wait(_lock);
        Interlocked.Decrement(ref _sleepers.Value);
    }
}
