using Hone.Cpu.Memory;
using Hone.Cpu.Packing;
using Hone.Models.Graph;
using Hone.Models.Weights;

namespace Hone.Cpu.Plan;

/// <summary>A model's tensors as kernels take them: matrices packed once, tied ones shared; vectors as f32 in canonical form.</summary>
internal sealed unsafe class Weights(Func<Weight, StoredTensor> stored, Profile profile) : IDisposable
{
    private readonly Dictionary<string, PackedMatrix> matrices = [];
    private readonly List<AlignedMemory> vectors = [];

    /// <summary>Bytes of all packed matrices and vectors.</summary>
    public long Bytes => matrices.Values.Sum(m => m.Bytes) + vectors.Sum(v => v.Bytes);

    /// <summary>How the matrices are multiplied: format of the weights and of the activations.</summary>
    public IEnumerable<string> Arithmetics => matrices.Values.Select(m => $"{m.Format}x{m.Input}".ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal);

    /// <summary>[out, in] of a linear or [rows, width] of a table.</summary>
    public PackedMatrix Matrix(Weight weight)
    {
        if (matrices.TryGetValue(weight.Name, out var matrix))
            return matrix;
        var tensor = stored(weight);
        matrix = weight.Form == Form.Transposed && !tensor.IsCanonical ? PackedMatrix.PackTransposed(tensor, profile) : PackedMatrix.Pack(tensor, profile);
        return matrices[weight.Name] = matrix;
    }

    /// <summary>A small tensor of any shape in canonical form, as a view of one row.</summary>
    public View Vector(Weight weight)
    {
        var tensor = stored(weight);
        var numbers = tensor.ReadAll();
        for (var i = 0; i < numbers.Length && !tensor.IsCanonical; i++)
        {
            numbers[i] = weight.Form switch
            {
                Form.Plain => numbers[i],
                Form.OnePlus => 1 + numbers[i],
                Form.NegExp => (float)-Math.Exp(numbers[i]),
                _ => throw new NotSupportedException($"'{weight.Name}': a vector of form {weight.Form}."),
            };
        }
        return Constant(numbers);
    }

    /// <summary>A convolution's taps [w, 1, kernel] as [kernel, w].</summary>
    public View Taps(Conv1d conv)
    {
        var numbers = stored(conv.Taps).ReadAll();
        var width = numbers.Length / conv.Kernel;
        var turned = new float[numbers.Length];
        for (var c = 0; c < width; c++)
        {
            for (var j = 0; j < conv.Kernel; j++)
                turned[j * width + c] = numbers[c * conv.Kernel + j];
        }
        return Constant(turned);
    }

    public View Constant(ReadOnlySpan<float> numbers)
    {
        var memory = new AlignedMemory((long)numbers.Length * sizeof(float));
        vectors.Add(memory);
        numbers.CopyTo(new Span<float>((float*)memory.Pointer, numbers.Length));
        var buffer = new PlanBuffer(default, Placement.Constant, memory.Bytes);
        buffer.Place(memory.Pointer);
        return new View(buffer, 0, numbers.Length);
    }

    public void Dispose()
    {
        foreach (var matrix in matrices.Values)
            matrix.Dispose();
        vectors.ForEach(v => v.Dispose());
    }
}
