using System.Diagnostics;
using System.Numerics.Tensors;
using LLama;
using LLama.Common;
using LLama.Native;

namespace Hone.Benchmarks.Peer;

/// <summary>
/// llama.cpp on the same work as <c>hone bench</c>: one context, its streams decoded together as sequences of one batch, greedy.
/// The cache is emptied before each run.
/// </summary>
internal sealed class LlamaCpp : IDisposable
{
    private const int DecodePrompt = 16;
    private readonly int _prompt, _generate, _streams, _repeats;
    private readonly LLamaWeights _weights;
    private readonly LLamaContext _context;
    private readonly LLamaBatch _batch = new();
    private int _runs;

    /// <summary>Loads a GGUF file (of several shards: the first) for up to so many streams.</summary>
    public LlamaCpp(string path, int prompt, int generate, int streams, int threads, int repeats)
    {
        (_prompt, _generate, _streams, _repeats) = (prompt, generate, streams, repeats);
        // Each sequence owns an equal part of the context, which llama.cpp rounds up to a multiple of 256.
        var perStream = (Math.Max(prompt, DecodePrompt + generate) + 255) / 256 * 256;
        var parameters = new ModelParams(path)
        {
            GpuLayerCount = 0,
            SeqMax = (uint)streams,
            KVUnified = false,
            ContextSize = (uint)(perStream * streams),
            BatchSize = (uint)Math.Max(prompt, DecodePrompt * streams),
            UBatchSize = 512,
            Threads = threads,
            BatchThreads = threads,
        };
        _weights = LLamaWeights.LoadFromFile(parameters);
        _context = _weights.CreateContext(parameters);
    }

    /// <summary>Median tokens per second from a prompt of distinct ids to its first token.</summary>
    public double Prefill() => MedianOf(() =>
    {
        _context.NativeHandle.MemoryClear(true);
        var begun = Stopwatch.GetTimestamp();
        Start(0, _prompt);
        Decode();
        Greedy(_prompt - 1);
        return _prompt / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    });

    /// <summary>Median tokens per second of so many streams together, from their first tokens to their last.</summary>
    public double Decode(int streams) => MedianOf(() =>
    {
        _context.NativeHandle.MemoryClear(true);
        for (var stream = 0; stream < streams; stream++)
            Start(stream, DecodePrompt);
        Decode();
        var tokens = Enumerable.Range(1, streams).Select(stream => Greedy(stream * DecodePrompt - 1)).ToArray();
        var begun = Stopwatch.GetTimestamp();
        for (var step = 0; step < _generate - 1; step++)
        {
            for (var stream = 0; stream < streams; stream++)
                _batch.Add(tokens[stream], DecodePrompt + step, (LLamaSeqId)stream, true);
            Decode();
            for (var stream = 0; stream < streams; stream++)
                tokens[stream] = Greedy(stream);
        }
        return streams * (_generate - 1) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    });

    public void Dispose()
    {
        _context.Dispose();
        _weights.Dispose();
    }

    /// <summary>Adds a prompt of consecutive ids from a start of its own; only the last token's logits are wanted.</summary>
    private void Start(int stream, int length)
    {
        var first = 1000 + 7919 * _runs++;
        for (var i = 0; i < length; i++)
            _batch.Add((LLamaToken)((first + i) % _weights.Vocab.Count), i, (LLamaSeqId)stream, i == length - 1);
    }

    private void Decode()
    {
        var result = _context.NativeHandle.Decode(_batch);
        if (result != DecodeResult.Ok)
            throw new InvalidOperationException($"llama_decode of {_batch.TokenCount} tokens returned {result}.");
        _batch.Clear();
    }

    private LLamaToken Greedy(int row) => (LLamaToken)TensorPrimitives.IndexOfMax(_context.NativeHandle.GetLogitsIth(row));

    private double MedianOf(Func<double> measure)
    {
        measure();
        return Median.Of(Enumerable.Range(0, _repeats).Select(_ => measure()));
    }
}
