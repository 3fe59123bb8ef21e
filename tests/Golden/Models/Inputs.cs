using System.Text.Json;
using System.Text.Json.Nodes;
using Hone.Models.Config;
using Hone.TestKit;
using static TorchSharp.torch;

namespace Hone.Golden.Models;

/// <summary>The inputs of one golden operation as leaves that take gradients, and its attributes.</summary>
internal sealed class Inputs(string operation, GoldenTensors golden, JsonElement specification)
{
    private readonly Dictionary<string, Tensor> leaves = [];

    public Tensor this[string name]
    {
        get
        {
            if (!leaves.TryGetValue(name, out var leaf))
            {
                var shape = Array.ConvertAll(golden.Shape($"{operation}.in.{name}"), size => (long)size);
                leaves[name] = leaf = tensor(golden.Floats($"{operation}.in.{name}"), shape).requires_grad_();
            }
            return leaf;
        }
    }

    public int[] Integers(string name) => golden.Ids($"{operation}.in.{name}");

    /// <summary>The input [T, heads, d] as rows [T, heads·d].</summary>
    public Tensor Flat(string name) => this[name].flatten(1);

    /// <summary>A number beside the attributes; null where the golden says null.</summary>
    public int? Specified(string name) => specification.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;

    /// <summary>The rope_parameters of a table.</summary>
    public ConfigObject RopeParameters => new(operation, JsonNode.Parse(specification.GetProperty("rope_parameters").GetRawText())!.AsObject());

    /// <summary>Positions that all tables are made for.</summary>
    public int[] Positions => golden.Ids(specification.GetProperty("positions").GetString()!);

    /// <summary>The experts that the golden router chose [T, k].</summary>
    public Tensor Experts()
    {
        var shape = Array.ConvertAll(golden.Shape($"{operation}.out.experts"), size => (long)size);
        return tensor(golden.Integers($"{operation}.out.experts"), shape);
    }

    /// <summary>Size of an axis of an input.</summary>
    public int Size(string name, int axis) => golden.Shape($"{operation}.in.{name}")[axis];

    public double Attribute(string name) => specification.GetProperty("attributes").GetProperty(name).GetDouble();

    public double AttributeOr(string name, double missing) =>
        specification.TryGetProperty("attributes", out var attributes) && attributes.TryGetProperty(name, out var value) ? value.GetDouble() : missing;
}
