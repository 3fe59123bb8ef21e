using Hone.Models.Weights;

namespace Hone.Torch;

/// <summary>
/// A weight's numbers as a file stores them, in row-major order. <paramref name="IsCanonical"/>: the file already holds what the operation
/// sees (1 + w, −exp(A_log), [out, in]), so the weight's form is not to be applied.
/// </summary>
public sealed record StoredValues(float[] Numbers, bool IsCanonical = false)
{
    /// <summary>Decodes a whole tensor of a checkpoint.</summary>
    public static StoredValues Of(StoredTensor tensor) => new(tensor.ReadAll(), tensor.IsCanonical);
}
