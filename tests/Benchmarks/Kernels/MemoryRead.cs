using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hone.Cpu.Memory;
using Hone.Cpu.Threads;

namespace Hone.Benchmarks.Kernels;

/// <summary>The ceiling of a decode step: how fast the threads together read memory that no cache holds.</summary>
internal sealed unsafe class MemoryRead(int threads) : IDisposable
{
    private const long Bytes = 96L << 20;
    private readonly AlignedMemory _memory = new(Bytes);
    private readonly ComputePool _pool = new(threads);
    private readonly long[] _sums = new long[threads];

    /// <summary>Bytes a second: the median and the best of 20 passes.</summary>
    public (double Median, double Best) Measure()
    {
        var times = new double[20];
        Action<int> body = thread =>
        {
            for (var piece = _pool.Next(); piece < 96; piece = _pool.Next())
                _sums[thread] += Sum(_memory.Pointer + ((long)piece << 20), 1 << 20);
        };
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            _pool.Run(body);
            times[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        Array.Sort(times);
        return (Bytes / times[times.Length / 2], Bytes / times[0]);
    }

    public void Dispose()
    {
        _pool.Dispose();
        _memory.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Sum(byte* p, long bytes)
    {
        Vector256<long> a, b, c, d;
        a = b = c = d = Vector256<long>.Zero;
        for (var end = p + bytes; p < end; p += 128)
        {
            a += Vector256.Load((long*)p);
            b += Vector256.Load((long*)(p + 32));
            c += Vector256.Load((long*)(p + 64));
            d += Vector256.Load((long*)(p + 96));
        }
        return Vector256.Sum(a + b + c + d);
    }
}
