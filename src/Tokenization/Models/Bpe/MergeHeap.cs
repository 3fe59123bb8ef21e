namespace Hone.Tokenization.Models.Bpe;

/// <summary>A binary heap of merges: lowest rank first, leftmost among equals. Pushing allocates only to grow.</summary>
internal sealed class MergeHeap
{
    private (ulong Key, int NewId)[] _items = new (ulong, int)[64];
    private int _count;

    public void Push(int rank, int position, int newId)
    {
        if (_count == _items.Length)
            Array.Resize(ref _items, _count * 2);
        var item = (Key: (ulong)(uint)rank << 32 | (uint)position, newId);
        var at = _count++;
        while (at > 0 && _items[(at - 1) / 2].Key > item.Key)
        {
            _items[at] = _items[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        _items[at] = item;
    }

    public bool TryPop(out int position, out int newId)
    {
        if (_count == 0)
        {
            (position, newId) = (-1, -1);
            return false;
        }
        (position, newId) = ((int)(uint)_items[0].Key, _items[0].NewId);
        var last = _items[--_count];
        var at = 0;
        while (at * 2 + 1 is var child && child < _count)
        {
            if (child + 1 < _count && _items[child + 1].Key < _items[child].Key)
                child++;
            if (_items[child].Key >= last.Key)
                break;
            _items[at] = _items[child];
            at = child;
        }
        _items[at] = last;
        return true;
    }
}
