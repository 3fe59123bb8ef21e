namespace Hone.Models.Families;

/// <summary>What a checkpoint holds, under Hugging Face's names. A family may look where no configuration says it.</summary>
internal interface IWeightCatalog
{
    /// <summary>The canonical shape of a tensor, or null if the checkpoint has none of that name.</summary>
    int[]? ShapeOf(string name);
}
