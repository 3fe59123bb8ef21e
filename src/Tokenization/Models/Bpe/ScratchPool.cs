using System.Collections.Concurrent;

namespace Hone.Tokenization.Models.Bpe;

/// <summary>Lends each thread working memory of its own; as many exist as threads ever worked at once.</summary>
internal sealed class ScratchPool<T>(Func<T> create) where T : class
{
    private readonly ConcurrentBag<T> _spare = [];
    private T? _last;

    public T Rent() => Interlocked.Exchange(ref _last, null) ?? (_spare.TryTake(out var scratch) ? scratch : create());

    public void Return(T scratch)
    {
        if (Interlocked.CompareExchange(ref _last, scratch, null) is not null)
            _spare.Add(scratch);
    }
}
