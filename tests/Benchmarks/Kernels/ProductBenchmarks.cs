using BenchmarkDotNet.Attributes;
using Hone.Cpu;
using Hone.Cpu.Kernels.Linear;
using Hone.Cpu.Kernels.Quantize;
using Hone.Cpu.Memory;
using Hone.Cpu.Packing;
using Hone.Models.Weights.Formats;

namespace Hone.Benchmarks.Kernels;

/// <summary>One product of [Rows, 576] with [1536, 576]ᵀ on one thread, and the quantization before it. Allocated bytes must be 0.</summary>
[MemoryDiagnoser]
public unsafe class ProductBenchmarks
{
    private const int Outputs = 1536, Inputs = 576, MaxRows = 64;
    private PackedMatrix _matrix = null!;
    private AlignedMemory _x = null!, _quads = null!, _y = null!, _scratch = null!;

    [Params(NumberFormat.Q4_0, NumberFormat.Q4_1, NumberFormat.Q5_1, NumberFormat.Q8_0, NumberFormat.BF16)]
    public NumberFormat Format { get; set; }

    [Params(1, 8, 64)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _matrix = PackedMatrix.Pack(RandomTensor.Create(Format, Outputs, Inputs), Profile.Fast);
        (_x, _quads) = (new AlignedMemory(MaxRows * Inputs * sizeof(float)), new AlignedMemory(Quads.Bytes(MaxRows, Inputs)));
        (_y, _scratch) = (new AlignedMemory(MaxRows * Outputs * sizeof(float)), new AlignedMemory(PackedMatrix.ScratchBytes));
        var random = new Random(1);
        for (var i = 0; i < MaxRows * Inputs; i++)
            ((float*)_x.Pointer)[i] = random.NextSingle() - 0.5f;
        Quantize();
    }

    [Benchmark]
    public void Quantize()
    {
        for (var row = 0; row < Rows; row++)
            Quantizer.Row((float*)_x.Pointer + row * Inputs, Inputs, _quads.Pointer, row);
    }

    [Benchmark]
    public void Multiply()
    {
        var x = _matrix.Input == ActivationForm.Int8
            ? Activations.FromQuads(_quads.Pointer, Rows, Inputs)
            : Activations.FromFloats((float*)_x.Pointer, Inputs, Rows, Inputs);
        _matrix.Multiply(x, 0, _matrix.Groups, new Destination((float*)_y.Pointer, Outputs), _scratch.Pointer);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _matrix.Dispose();
        foreach (var memory in (AlignedMemory[])[_x, _quads, _y, _scratch])
            memory.Dispose();
    }
}
