using Hone.Models.Config;
using Hone.Models.Graph;

namespace Hone.Models.Families.Blocks;

/// <summary>Names that configurations give to element functions (transformers' ACT2FN).</summary>
internal static class Activations
{
    public static Act From(ConfigObject c, string key = "hidden_act", string? fallback = null)
    {
        var name = c.Text(key, fallback);
        return Named(name) ?? throw c.Error(key, $"is '{name}', which is not built");
    }

    public static Act? Named(string name) => name switch
    {
        "silu" or "swish" => Act.Silu,
        "gelu" => Act.Gelu,
        "gelu_new" or "gelu_pytorch_tanh" or "gelu_fast" => Act.GeluTanh,
        "relu" => Act.Relu,
        "relu2" => Act.Relu2,
        "sigmoid" => Act.Sigmoid,
        "tanh" => Act.Tanh,
        _ => null,
    };
}
