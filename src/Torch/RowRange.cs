namespace Hone.Torch;

/// <summary>One segment's rows in a flattened value: [First, First + Count), the first of which has position <paramref name="Past"/>.</summary>
internal readonly record struct RowRange(int First, int Count, int Past, int RopeLength);
