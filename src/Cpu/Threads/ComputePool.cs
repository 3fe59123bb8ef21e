namespace Hone.Cpu.Threads;

/// <summary>
/// Threads that run one function together. The caller is thread 0, the others wait for it. Inside a run the threads meet at <see cref="Barrier"/> and share work
/// by <see cref="Next"/>. A waiting thread spins for a few microseconds and then sleeps, so a pool whose cores are taken by others slows down, but never collapses.
/// A run allocates nothing. One run at a time.
/// </summary>
public sealed class ComputePool : IDisposable
{
    private readonly Thread[] _threads;
    private readonly Gate _start = new();
    private readonly Gate _meeting = new();
    private readonly Gate _end = new();
    private readonly SharedCounter _arrived = new();
    private readonly SharedCounter _finished = new();
    private readonly SharedCounter _next = new();
    private volatile Action<int>? _body;
    private volatile Exception? _failure;
    private bool _disposed;

    /// <param name="threads">Threads of a run, the caller's included.</param>
    public ComputePool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Count = threads;
        _threads = new Thread[threads - 1];
        for (var i = 0; i < _threads.Length; i++)
        {
            var index = i + 1;
            _threads[i] = new Thread(() => Work(index)) { IsBackground = true, Name = $"compute {index}" };
            _threads[i].Start();
        }
    }

    /// <summary>Threads of a run.</summary>
    public int Count { get; }

    /// <summary>Threads that wait for a run and no longer spin.</summary>
    internal int Sleeping => _start.Sleepers;

    /// <summary>Runs <paramref name="body"/>(0 … Count − 1) on all threads and returns when all have returned. Keep the delegate: making one allocates.</summary>
    /// <exception cref="AggregateException">The body threw on some thread; the others were stopped at their next barrier.</exception>
    public void Run(Action<int> body)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _body = body;
        _arrived.Value = _finished.Value = _next.Value = 0;
        var ended = _end.Generation;
        _start.Open();
        Execute(0);
        _end.Wait(ended);
        if (_failure is not { } failure)
            return;
        _failure = null;
        throw new AggregateException(failure);
    }

    /// <summary>
    /// Called by every thread of a run: returns when all have called it. What was written before it is seen after it, and <see cref="Next"/> starts at 0 again.
    /// </summary>
    public void Barrier()
    {
        if (Arrive())
            Release();
    }

    /// <summary>
    /// A barrier at which the thread that comes last returns true while the others still wait: it may do what is too little to share, and must then call
    /// <see cref="Release"/>. The others return false after that.
    /// </summary>
    public bool Arrive()
    {
        StopIfFailed();
        var generation = _meeting.Generation;
        if (Interlocked.Increment(ref _arrived.Value) == Count)
            return true;
        _meeting.Wait(generation);
        StopIfFailed();
        return false;
    }

    /// <summary>Lets the threads that wait in <see cref="Arrive"/> go on.</summary>
    public void Release()
    {
        _arrived.Value = _next.Value = 0;
        _meeting.Open();
    }

    /// <summary>Takes the next <paramref name="count"/> pieces of work since the last barrier; returns the index of the first. The caller compares it with the number of pieces.</summary>
    public int Next(int count = 1) => Interlocked.Add(ref _next.Value, count) - count;

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _body = null;
        _start.Open();
        foreach (var thread in _threads)
            thread.Join();
    }

    private void Work(int index)
    {
        for (var generation = 0; ; generation++)
        {
            _start.Wait(generation);
            if (_body is null)
                return;
            Execute(index);
        }
    }

    private void Execute(int index)
    {
        try
        {
            _body!(index);
        }
        catch (RunStopped)
        {
        }
        catch (Exception e) // thrown again by Run, on the caller's thread
        {
            _failure = e;
            _meeting.Open();
        }
        if (Interlocked.Increment(ref _finished.Value) == Count)
            _end.Open();
    }

    private void StopIfFailed()
    {
        if (_failure is not null)
            throw new RunStopped();
    }

    /// <summary>Another thread of the run failed.</summary>
    private sealed class RunStopped : Exception;
}
