using Hone.Models.State;

namespace Hone.Models.Graph;

/// <summary>
/// One of the 26 operations, with its attributes as fields. What each computes is written at the record; both backends
/// hold one implementation each. Norms, softmax, routers, decays and recurrent states are f32 at least; rope angles are f64.
/// </summary>
public abstract record Op
{
    /// <summary>Tensors the operation reads.</summary>
    public virtual IEnumerable<Weight> Weights => [];

    /// <summary>States the operation keeps.</summary>
    public virtual IEnumerable<LayerState> States => [];

    private protected static IEnumerable<Weight> Some(params Weight?[] weights) => weights.OfType<Weight>();
}
