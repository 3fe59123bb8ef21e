using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hone.Cpu.Kernels;

/// <summary>A function of one number, on 8 at a time.</summary>
internal interface IUnary
{
    static abstract Vector256<float> Apply(Vector256<float> x);
}

/// <summary>A function of two numbers, on 8 at a time.</summary>
internal interface IBinary
{
    static abstract Vector256<float> Apply(Vector256<float> a, Vector256<float> b);
}

/// <summary>
/// The one traversal of element functions. The rest of a row goes through the same 8-wide function, so the bits of an element
/// do not depend on where a range begins or ends.
/// </summary>
internal static unsafe class Elements
{
    public static void Map<TOp>(float* x, float* y, int count) where TOp : struct, IUnary
    {
        var i = 0;
        for (; i <= count - 8; i += 8)
            TOp.Apply(Vector256.Load(x + i)).Store(y + i);
        if (i < count)
            StorePart(TOp.Apply(LoadPart(x + i, count - i)), y + i, count - i);
    }

    public static void Map<TOp>(float* a, float* b, float* y, int count) where TOp : struct, IBinary
    {
        var i = 0;
        for (; i <= count - 8; i += 8)
            TOp.Apply(Vector256.Load(a + i), Vector256.Load(b + i)).Store(y + i);
        if (i < count)
            StorePart(TOp.Apply(LoadPart(a + i, count - i), LoadPart(b + i, count - i)), y + i, count - i);
    }

    /// <summary>One b for the whole range.</summary>
    public static void MapScalar<TOp>(float* a, float b, float* y, int count) where TOp : struct, IBinary
    {
        var second = Vector256.Create(b);
        var i = 0;
        for (; i <= count - 8; i += 8)
            TOp.Apply(Vector256.Load(a + i), second).Store(y + i);
        if (i < count)
            StorePart(TOp.Apply(LoadPart(a + i, count - i), second), y + i, count - i);
    }

    /// <summary>Elements from … from + count of a row whose element i uses b[i / ratio].</summary>
    public static void MapBroadcast<TOp>(float* a, float* b, float* y, int ratio, int from, int count) where TOp : struct, IBinary
    {
        for (var end = from + count; from < end;)
        {
            var group = from / ratio;
            var stop = Math.Min(end, (group + 1) * ratio);
            MapScalar<TOp>(a + from, b[group], y + from, stop - from);
            from = stop;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadPart(float* x, int count)
    {
        var part = Vector256<float>.Zero;
        Unsafe.CopyBlockUnaligned(&part, x, (uint)count * sizeof(float));
        return part;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(Vector256<float> part, float* y, int count) => Unsafe.CopyBlockUnaligned(y, &part, (uint)count * sizeof(float));
}
