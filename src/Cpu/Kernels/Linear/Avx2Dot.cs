using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Hone.Cpu.Kernels.Quantize;

namespace Hone.Cpu.Kernels.Linear;

/// <summary>
/// Steps of the integer products on AVX2. A line (64 bytes of u8 weights: 16 outputs × 4 k) times 4 activations of a row gives, by vpmaddubsw, 16-bit sums of two products;
/// the caller knows how many lines fit before they are widened. Written as small steps, unrolled by inlining, because the compiler unrolls no loops.
/// </summary>
internal static unsafe class Avx2Dot
{
    private const int PrefetchAhead = 2048;

    /// <summary>4 activations in every 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> Broadcast(byte* four) => Vector256.Create(*(int*)four).AsSByte();

    /// <summary>Sums of neighbours: 16 bits to 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Widen(Vector256<short> sums) => Avx2.MultiplyAddAdjacent(sums, Vector256.Create((short)1));

    /// <summary>Asks for the bytes of a stream that come some blocks later; the hardware does not follow strides like 320 bytes well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(byte* block, int bytes)
    {
        for (var i = 0; i < bytes; i += 64)
            Sse.Prefetch0(block + PrefetchAhead + i);
    }

    /// <summary>Asks for a block that the next piece is unpacked from and moves on; does nothing at null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrefetchNext(ref byte* ahead, int bytes)
    {
        if (ahead == null)
            return;
        for (var i = 0; i < bytes; i += 64)
            Sse.Prefetch1(ahead + i);
        ahead += bytes;
    }

    /// <summary>One line times two rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void First2(byte* w, byte* x, out Vector256<short> a0, out Vector256<short> a1, out Vector256<short> b0, out Vector256<short> b1)
    {
        var (w0, w1) = (Vector256.Load(w), Vector256.Load(w + 32));
        var t = Broadcast(x);
        a0 = Avx2.MultiplyAddAdjacent(w0, t);
        a1 = Avx2.MultiplyAddAdjacent(w1, t);
        t = Broadcast(x + Quads.Columns);
        b0 = Avx2.MultiplyAddAdjacent(w0, t);
        b1 = Avx2.MultiplyAddAdjacent(w1, t);
    }

    /// <summary>One more line times two rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line2(byte* w, byte* x, ref Vector256<short> a0, ref Vector256<short> a1, ref Vector256<short> b0, ref Vector256<short> b1)
    {
        var (w0, w1) = (Vector256.Load(w), Vector256.Load(w + 32));
        var t = Broadcast(x);
        a0 += Avx2.MultiplyAddAdjacent(w0, t);
        a1 += Avx2.MultiplyAddAdjacent(w1, t);
        t = Broadcast(x + Quads.Columns);
        b0 += Avx2.MultiplyAddAdjacent(w0, t);
        b1 += Avx2.MultiplyAddAdjacent(w1, t);
    }

    /// <summary>One more line times the four rows of a quad.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line4(
        byte* w, byte* x, ref Vector256<short> a0, ref Vector256<short> a1, ref Vector256<short> b0, ref Vector256<short> b1,
        ref Vector256<short> c0, ref Vector256<short> c1, ref Vector256<short> d0, ref Vector256<short> d1)
    {
        var (w0, w1) = (Vector256.Load(w), Vector256.Load(w + 32));
        var t = Broadcast(x);
        a0 += Avx2.MultiplyAddAdjacent(w0, t);
        a1 += Avx2.MultiplyAddAdjacent(w1, t);
        t = Broadcast(x + Quads.Columns);
        b0 += Avx2.MultiplyAddAdjacent(w0, t);
        b1 += Avx2.MultiplyAddAdjacent(w1, t);
        t = Broadcast(x + 2 * Quads.Columns);
        c0 += Avx2.MultiplyAddAdjacent(w0, t);
        c1 += Avx2.MultiplyAddAdjacent(w1, t);
        t = Broadcast(x + 3 * Quads.Columns);
        d0 += Avx2.MultiplyAddAdjacent(w0, t);
        d1 += Avx2.MultiplyAddAdjacent(w1, t);
    }

    /// <summary>Four lines (16 k) times two rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Half2(byte* w, byte* x, out Vector256<short> a0, out Vector256<short> a1, out Vector256<short> b0, out Vector256<short> b1)
    {
        First2(w, x, out a0, out a1, out b0, out b1);
        Line2(w + 64, x + 4, ref a0, ref a1, ref b0, ref b1);
        Line2(w + 128, x + 8, ref a0, ref a1, ref b0, ref b1);
        Line2(w + 192, x + 12, ref a0, ref a1, ref b0, ref b1);
    }

    /// <summary>Four lines (16 k) times one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Half1(byte* w, byte* x, out Vector256<short> a0, out Vector256<short> a1)
    {
        Quarter1(w, x, out a0, out a1);
        Quarter1(w + 128, x + 8, out var b0, out var b1);
        a0 += b0;
        a1 += b1;
    }

    /// <summary>Two lines (8 k) times one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Quarter1(byte* w, byte* x, out Vector256<short> a0, out Vector256<short> a1)
    {
        var (s, t) = (Broadcast(x), Broadcast(x + 4));
        a0 = Avx2.MultiplyAddAdjacent(Vector256.Load(w), s) + Avx2.MultiplyAddAdjacent(Vector256.Load(w + 64), t);
        a1 = Avx2.MultiplyAddAdjacent(Vector256.Load(w + 32), s) + Avx2.MultiplyAddAdjacent(Vector256.Load(w + 96), t);
    }
}
