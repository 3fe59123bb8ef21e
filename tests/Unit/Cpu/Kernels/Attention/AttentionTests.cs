using Hone.Cpu;
using Hone.Cpu.Kernels.Attention;
using Hone.TestKit;

namespace Hone.Unit.Cpu.Kernels.Attention;

public class AttentionTests
{
    public static TheoryData<AttentionShape> Shapes =>
    [
        new AttentionShape(Heads: 9, KvHeads: 3, DimK: 64, DimV: 64, Scale: 0.125f),
        new AttentionShape(Heads: 4, KvHeads: 4, DimK: 12, DimV: 12, Scale: 0.3f),
        new AttentionShape(Heads: 4, KvHeads: 2, DimK: 16, DimV: 40, Scale: 0.25f, Window: 10),
        new AttentionShape(Heads: 2, KvHeads: 1, DimK: 32, DimV: 32, Scale: 0.2f, Window: 100, Softcap: 2),
    ];

    [Theory, MemberData(nameof(Shapes))]
    public void Equals_the_formula(AttentionShape shape)
    {
        foreach (var sinks in new[] { false, true })
        {
            var input = new Sequence(shape, count: 150, seed: 1, sinks);
            var actual = input.Run(IsaChoice.Current, past: 0, count: 150, queriesAtOnce: 16);
            var expected = input.Formula();
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], actual[i], 2e-6);
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void A_query_has_the_same_bits_however_it_is_computed(AttentionShape shape)
    {
        const int count = 150;
        var input = new Sequence(shape, count, seed: 2, sinks: false);
        var expected = input.Run(Isa.Portable, 0, count, queriesAtOnce: 1);
        for (var isa = Isa.Portable; isa <= IsaChoice.Highest; isa++)
        {
            foreach (var atOnce in new[] { 1, 2, 3, 16, 64 })
                Assert.Equal(Bits(expected), Bits(input.Run(isa, 0, count, atOnce)));
            var width = shape.Heads * shape.DimV;
            foreach (var past in new[] { 0, 1, 63, 64, 65, 127, 128, 149 }) // decode, and the rest of a prefill
            {
                Assert.Equal(Bits(expected)[(past * width)..((past + 1) * width)], Bits(input.Run(isa, past, 1, 1)));
                Assert.Equal(Bits(expected)[(past * width)..], Bits(input.Run(isa, past, count - past, 5)));
            }
        }
    }

    [Fact]
    public void What_other_sequences_left_in_a_block_is_not_seen()
    {
        var shape = new AttentionShape(4, 2, 16, 16, 0.25f);
        var clean = new Sequence(shape, 70, seed: 3, sinks: false);
        var dirty = new Sequence(shape, 70, seed: 3, sinks: false, leftOver: float.NaN);
        Assert.Equal(Bits(clean.Run(IsaChoice.Current, 0, 70, 4)), Bits(dirty.Run(IsaChoice.Current, 0, 70, 4)));
    }

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);

    /// <summary>Random queries, keys and values of one sequence, cached in blocks that are not in order.</summary>
    private sealed unsafe class Sequence
    {
        private readonly AttentionShape _shape;
        private readonly float[] _q, _k, _v, _sinks;
        private readonly float[] _pool;
        private readonly int[] _blocks;
        private readonly bool _hasSinks;
        private readonly int _count;

        public Sequence(AttentionShape shape, int count, int seed, bool sinks, float leftOver = 0)
        {
            var random = new Random(seed);
            float[] Numbers(int length) => [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() - 0.5f) * 4)];
            (_shape, _count, _hasSinks) = (shape, count, sinks);
            _q = Numbers(count * shape.Heads * shape.DimK);
            _k = Numbers(count * shape.KvHeads * shape.DimK);
            _v = Numbers(count * shape.KvHeads * shape.DimV);
            _sinks = Numbers(shape.Heads);
            _blocks = [4, 0, 2];
            _pool = new float[5 * shape.Kv.BlockFloats];
            Array.Fill(_pool, leftOver);
            fixed (float* pool = _pool, k = _k, v = _v)
                for (var i = 0; i < count; i++)
                    shape.Kv.Write(pool, _blocks, i, k + i * shape.KvHeads * shape.DimK, v + i * shape.KvHeads * shape.DimV);
        }

        public float[] Run(Isa isa, int past, int count, int queriesAtOnce)
        {
            var kernel = new AttentionKernel(_shape, isa);
            var (qWidth, yWidth) = (_shape.Heads * _shape.DimK, _shape.Heads * _shape.DimV);
            using var scratch = new GuardedMemory(kernel.ScratchBytes(Math.Min(queriesAtOnce, count)));
            using var pool = new GuardedMemory(_pool.Length * sizeof(float));
            using var y = new GuardedMemory(count * yWidth * sizeof(float));
            _pool.CopyTo(new Span<float>((float*)pool.Start, _pool.Length));
            fixed (float* q = _q, sinks = _sinks)
            {
                var rows = new AttentionRows
                {
                    Q = q + past * qWidth,
                    QStride = qWidth,
                    Y = (float*)y.Start,
                    YStride = yWidth,
                    Past = past,
                    Pool = (float*)pool.Start,
                    Blocks = _blocks,
                    Sinks = _hasSinks ? sinks : null,
                };
                for (var first = 0; first < count; first += queriesAtOnce)
                    for (var head = 0; head < _shape.KvHeads; head++)
                        kernel.Run(rows, head, first, Math.Min(queriesAtOnce, count - first), (byte*)scratch.Start);
            }
            return new Span<float>((float*)y.Start, count * yWidth).ToArray();
        }

        public double[] Formula()
        {
            var y = new double[_count * _shape.Heads * _shape.DimV];
            for (var i = 0; i < _count; i++)
                for (var h = 0; h < _shape.Heads; h++)
                {
                    var kv = h / _shape.GroupHeads;
                    var from = _shape.Window == 0 ? 0 : Math.Max(0, i - _shape.Window + 1);
                    var total = _hasSinks ? Math.Exp(_sinks[h]) : 0;
                    for (var j = from; j <= i; j++)
                    {
                        double s = 0;
                        for (var d = 0; d < _shape.DimK; d++)
                            s += (double)_q[(i * _shape.Heads + h) * _shape.DimK + d] * _k[(j * _shape.KvHeads + kv) * _shape.DimK + d];
                        s *= _shape.Scale;
                        s = _shape.Softcap == 0 ? s : _shape.Softcap * Math.Tanh(s / _shape.Softcap);
                        total += Math.Exp(s);
                        for (var d = 0; d < _shape.DimV; d++)
                            y[(i * _shape.Heads + h) * _shape.DimV + d] += Math.Exp(s) * _v[(j * _shape.KvHeads + kv) * _shape.DimV + d];
                    }
                    for (var d = 0; d < _shape.DimV; d++)
                        y[(i * _shape.Heads + h) * _shape.DimV + d] /= total;
                }
            return y;
        }
    }
}
