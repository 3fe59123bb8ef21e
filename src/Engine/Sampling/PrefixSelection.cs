namespace Hone.Engine.Sampling;

/// <summary>
/// The smallest keys of a set, as many as reach a count or a mass, moved to its front by quickselect: linear time, no full
/// sort. A key's low half is a token id, so keys differ and the selected set is the same whatever the order of the input.
/// </summary>
internal static class PrefixSelection
{
    /// <summary>Ascending by <paramref name="order"/> ≥ 0, then by id.</summary>
    public static ulong Ascending(float order, int id) => ((ulong)BitConverter.SingleToUInt32Bits(order) << 32) | (uint)id;

    /// <summary>Descending by <paramref name="order"/> ≥ 0, then ascending by id.</summary>
    public static ulong Descending(float order, int id) => ((ulong)~BitConverter.SingleToUInt32Bits(order) << 32) | (uint)id;

    public static int IdOf(ulong key) => (int)(uint)key;

    /// <summary>Moves the <paramref name="count"/> smallest keys to the front.</summary>
    public static void ByCount(Span<ulong> keys, int count)
    {
        var start = 0;
        var end = keys.Length;
        while (end - start > 1 && count > start && count < end)
        {
            var middle = start + Partition(keys[start..end]);
            if (count <= middle)
                end = middle;
            else
                start = middle + 1;
        }
    }

    /// <summary>
    /// Moves to the front the fewest smallest keys whose weights add up to <paramref name="units"/>, the largest of them last;
    /// returns their number: all if the sum is not reached, at least one.
    /// </summary>
    public static int ByMass(Span<ulong> keys, ReadOnlySpan<float> weights, long units)
    {
        var start = 0;
        var end = keys.Length;
        while (end - start > 1)
        {
            var middle = start + Partition(keys[start..end]);
            var below = Mass(keys[start..middle], weights);
            if (below >= units)
            {
                end = middle;
                continue;
            }
            units -= below + Weights.UnitsOf(weights[IdOf(keys[middle])]);
            if (units <= 0 || middle + 1 == end)
                return middle + 1;
            start = middle + 1;
        }
        return end;
    }

    public static long Mass(ReadOnlySpan<ulong> keys, ReadOnlySpan<float> weights)
    {
        var sum = 0L;
        foreach (var key in keys)
            sum += Weights.UnitsOf(weights[IdOf(key)]);
        return sum;
    }

    /// <summary>Places one key where it stands in sorted order, smaller ones before it; returns its index. At least two keys.</summary>
    private static int Partition(Span<ulong> keys)
    {
        var (a, b, c) = (keys[0], keys[keys.Length / 2], keys[^1]);
        var pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
        var at = pivot == a ? 0 : pivot == b ? keys.Length / 2 : keys.Length - 1;
        (keys[at], keys[^1]) = (keys[^1], keys[at]);
        var smaller = 0;
        for (var i = 0; i < keys.Length - 1; i++)
        {
            if (keys[i] < pivot)
            {
                (keys[smaller], keys[i]) = (keys[i], keys[smaller]);
                smaller++;
            }
        }
        (keys[smaller], keys[^1]) = (keys[^1], keys[smaller]);
        return smaller;
    }
}
