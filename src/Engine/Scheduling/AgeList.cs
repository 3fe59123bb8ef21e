using System.Collections;

namespace Hone.Engine.Scheduling;

/// <summary>Sequences from the oldest to the youngest.</summary>
internal sealed class AgeList : IReadOnlyList<Sequence>
{
    private readonly List<Sequence> items = [];

    public int Count => items.Count;

    public Sequence this[int index] => items[index];

    public void Add(Sequence sequence)
    {
        var index = items.Count;
        while (index > 0 && sequence.IsOlderThan(items[index - 1]))
            index--;
        items.Insert(index, sequence);
    }

    public void RemoveAt(int index) => items.RemoveAt(index);

    public void RemoveEnded() => items.RemoveAll(static s => s.HasEnded);

    public List<Sequence>.Enumerator GetEnumerator() => items.GetEnumerator();

    IEnumerator<Sequence> IEnumerable<Sequence>.GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();
}
