using System.Diagnostics.CodeAnalysis;
using Hone.Models.Weights.Formats;
using Hone.Models.Weights.Safetensors;

namespace Hone.Models.Weights.Checkpoints;

/// <summary>
/// A compressed-tensors checkpoint with fp8 weights per output channel (<c>weight</c>, <c>weight_scale</c>) or NVFP4 (<c>weight_packed</c>,
/// <c>weight_scale</c>, <c>weight_global_scale</c>); each appears as one <c>weight</c>. Scales of activations are not used: activations are not quantized to them.
/// </summary>
internal sealed class CompressedTensors : IWeightSource
{
    private static readonly string[] ScaleSuffixes = [".weight_scale", ".weight_global_scale", ".input_scale", ".input_global_scale"];

    private readonly SafetensorsFolder _folder;
    private readonly Dictionary<string, StoredTensor> _tensors = [];

    private CompressedTensors(SafetensorsFolder folder)
    {
        _folder = folder;
        foreach (var name in folder.Names)
        {
            var tensor = Get(name);
            if (name.EndsWith(".weight_packed", StringComparison.Ordinal))
                Add(ReadNvfp4(tensor, name[..^"_packed".Length]));
            else if (tensor.Format == NumberFormat.F8E4M3 && name.EndsWith(".weight", StringComparison.Ordinal))
                Add(ReadFp8(tensor));
            else if (!IsScale(name))
                Add(tensor);
        }
        foreach (var name in folder.Names.Where(name => IsScale(name) && !_tensors.ContainsKey(Weight(name))))
            throw Get(name).Error("is a scale of a weight that is not there");
    }

    public IEnumerable<string> Names => _tensors.Keys;

    public long TotalBytes => _folder.TotalBytes;

    public static CompressedTensors Open(string path)
    {
        var folder = SafetensorsFolder.Open(path);
        try
        {
            return new CompressedTensors(folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public bool TryGet(string name, [NotNullWhen(true)] out StoredTensor? tensor) => _tensors.TryGetValue(name, out tensor);

    public void Dispose() => _folder.Dispose();

    private static bool IsScale(string name) => Array.Exists(ScaleSuffixes, suffix => name.EndsWith(suffix, StringComparison.Ordinal));

    /// <summary>MODULE.weight of one of its scales.</summary>
    private static string Weight(string scale) => scale[..scale.LastIndexOf('.')] + ".weight";

    private void Add(StoredTensor tensor)
    {
        if (!_tensors.TryAdd(tensor.Name, tensor))
            throw tensor.Error("is stored both plain and packed");
    }

    private StoredTensor ReadFp8(StoredTensor weight)
    {
        var scale = Get(weight.Name + "_scale");
        Require(weight, NumberFormat.F8E4M3, weight.RowCount, weight.RowLength);
        if (scale.Format is not (NumberFormat.F32 or NumberFormat.F16 or NumberFormat.BF16) || !scale.Shape.AsSpan().SequenceEqual([weight.RowCount, 1]))
            throw scale.Error($"is {Describe(scale)}, a scale for each of {weight.RowCount} rows is needed");
        return weight.WithScales(weight.Name, weight.Format, weight.RowLength, new TensorScales(PerRow: scale));
    }

    private StoredTensor ReadNvfp4(StoredTensor packed, string name)
    {
        var columns = checked(2 * (long)packed.RowLength);
        Require(packed, NumberFormat.U8, packed.RowCount, packed.RowLength);
        if (columns % Nvfp4.Block != 0 || columns > int.MaxValue)
            throw packed.Error($"has {columns} columns, not a multiple of {Nvfp4.Block}");
        var scale = Get(name + "_scale");
        Require(scale, NumberFormat.F8E4M3, packed.RowCount, (int)columns / Nvfp4.Block);
        var global = Get(name + "_global_scale");
        Require(global, NumberFormat.F32, 1);
        var divisor = global.ReadAll()[0];
        if (!float.IsFinite(divisor) || divisor == 0)
            throw global.Error($"is {divisor}, it divides every weight");
        return packed.WithScales(name, NumberFormat.E2M1, (int)columns, new TensorScales(PerBlock: scale, Divisor: divisor));
    }

    private StoredTensor Get(string name) =>
        _folder.TryGet(name, out var tensor) ? tensor : throw new WeightFormatException(_folder.Path, "is missing: a quantized weight needs it", name);

    private static void Require(StoredTensor tensor, NumberFormat format, params int[] shape)
    {
        if (tensor.Format != format || !tensor.Shape.AsSpan().SequenceEqual(shape))
            throw tensor.Error($"is {Describe(tensor)}, {format} [{string.Join(", ", shape)}] is needed");
    }

    private static string Describe(StoredTensor tensor) => $"{tensor.Format} [{string.Join(", ", tensor.Shape)}]";
}
