using System.Diagnostics;
using Hone.Cpu;
using Hone.Cpu.Kernels.Linear;
using Hone.Cpu.Kernels.Quantize;
using Hone.Cpu.Memory;
using Hone.Cpu.Packing;
using Hone.Cpu.Threads;
using Hone.Models.Weights.Formats;

namespace Hone.Benchmarks.Kernels;

/// <summary>
/// The matrix products of one forward of SmolLM2-135M (30 layers and the head) on random weights: tokens a second at several numbers of rows.
/// The speed at which memory is read is measured beside them: it is the ceiling at one row.
/// From 32 rows on the head is computed for one row, as at prefill.
/// </summary>
internal sealed unsafe class ShapesRun : IDisposable
{
    private const int Layers = 30, Hidden = 576, Qkv = 960, Intermediate = 1536, Vocabulary = 49152, MaxRows = 512;
    private readonly List<(PackedMatrix Matrix, bool Head)> _products = [];
    private readonly ComputePool _pool;
    private readonly AlignedMemory _x = new(MaxRows * Intermediate * sizeof(float));
    private readonly AlignedMemory _y = new((long)MaxRows * 3072 * sizeof(float));
    private readonly AlignedMemory[] _scratch;
    private readonly Action<int> _body;
    private int _rows;

    private ShapesRun(NumberFormat format, NumberFormat head, int threads)
    {
        for (var layer = 0; layer < Layers; layer++)
            foreach (var (outputs, inputs) in new[] { (Qkv, Hidden), (Hidden, Hidden), (2 * Intermediate, Hidden), (Hidden, Intermediate) })
                _products.Add((Pack(format, outputs, inputs), false));
        _products.Add((Pack(head, Vocabulary, Hidden), true));
        _pool = new ComputePool(threads);
        _scratch = [.. Enumerable.Range(0, threads).Select(_ => new AlignedMemory(PackedMatrix.ScratchBytes))];
        _body = Body;
    }

    /// <summary>Prints one line for a format and number of threads: the median and best of the repeats for each number of rows.</summary>
    public static void Print(NumberFormat format, NumberFormat head, int threads, params int[] rowCounts)
    {
        using var run = new ShapesRun(format, head, threads);
        var bytes = run._products.Sum(product => product.Matrix.Bytes);
        Console.Write($"{format,-7} head {head,-7} {bytes / 1e6,6:f1} MB, {threads} threads:");
        foreach (var rows in rowCounts)
        {
            var (median, best) = run.Measure(rows);
            Console.Write($"  M {rows}: {rows / median:f0} (best {rows / best:f0})");
            if (rows == 1)
                Console.Write($" {bytes / median / 1e9:f1} GB/s");
        }
        using var read = new MemoryRead(threads);
        var (speed, fastest) = read.Measure();
        Console.WriteLine($" tok/s; memory {speed / 1e9:f1} GB/s (best {fastest / 1e9:f1})");
    }

    public void Dispose()
    {
        _pool.Dispose();
        foreach (var (matrix, _) in _products)
            matrix.Dispose();
        foreach (var memory in (AlignedMemory[])[_x, _y, .. _scratch])
            memory.Dispose();
    }

    private (double Median, double Best) Measure(int rows)
    {
        _rows = rows;
        _pool.Run(_body);
        var repeats = Math.Clamp(400 / rows, 3, 60);
        var times = new double[repeats];
        for (var i = 0; i < repeats; i++)
        {
            var start = Stopwatch.GetTimestamp();
            _pool.Run(_body);
            times[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        Array.Sort(times);
        return (times[repeats / 2], times[0]);
    }

    private void Body(int thread)
    {
        foreach (var (matrix, head) in _products)
        {
            var rows = head && _rows >= 32 ? 1 : _rows;
            var x = matrix.Input == ActivationForm.Int8
                ? Activations.FromQuads(_x.Pointer, rows, matrix.Inputs)
                : Activations.FromFloats((float*)_x.Pointer, matrix.Inputs, rows, matrix.Inputs);
            // The logits of a batch are not kept: groups write over one another.
            var y = new Destination((float*)_y.Pointer, head ? 0 : matrix.Outputs);
            var piece = Math.Max(1, matrix.Groups / (_pool.Count * (rows < 32 ? 6 : 3)));
            for (var group = _pool.Next(piece); group < matrix.Groups; group = _pool.Next(piece))
                matrix.Multiply(x, group, Math.Min(piece, matrix.Groups - group), y, _scratch[thread].Pointer);
            _pool.Barrier();
        }
    }

    private static PackedMatrix Pack(NumberFormat format, int outputs, int inputs) => PackedMatrix.Pack(RandomTensor.Create(format, outputs, inputs), Profile.Fast);
}
